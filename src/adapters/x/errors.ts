import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { msUntilReset } from "./rate-limit.ts";
import { refusals } from "./refusals.ts";

/** The client errors X documents; any other 4xx tells us nothing. https://docs.x.com/x-api/fundamentals/response-codes-and-errors (checked 2026-11) */
const documentedStatuses = new Set([400, 401, 402, 403, 404, 413, 429]);

/**
 * An answer that is not 2xx, in terms the engine acts on.
 * @param now to turn the moment a limit ends into a wait
 */
export async function classify(response: HttpAnswer, now: Date): Promise<PublishError> {
  const { status } = response;
  if (status < 400 || status > 499)
    return new PublishError("unavailable", "X is having trouble at the moment", { status });
  const said = await whatItSays(response);
  // Seen with other statuses than 402 too.
  if (status === 402 || /CreditsDepleted|\/credits$/im.test(said))
    return new PublishError(
      "forbidden",
      "The X app has no credits left, X charges for every post: whoever owns the app must add credits in the X developer console",
      { status, code: "credits" },
    );
  if (!documentedStatuses.has(status))
    return new PublishError("unavailable", "X gave an answer it does not document", { status });
  if (status === 401)
    return new PublishError("unauthorized", "X no longer accepts this login: connect the account again", {
      status,
    });
  if (status === 429) return tooMany(response.headers, said, now);
  const refusal = refusals.find(({ says }) => says.test(said));
  if (refusal) return new PublishError(refusal.kind, refusal.message, { status, code: refusal.code });
  if (status === 403)
    return new PublishError(
      "forbidden",
      "X does not allow this: check at x.com that the account is in order and that the X app may post for it, then connect it again",
      { status, ...problemType(said) },
    );
  return new PublishError("invalid", "X did not accept this request", { status, ...problemType(said) });
}

function tooMany(headers: HttpAnswer["headers"], said: string, now: Date): PublishError {
  const retryAfterMs = msUntilReset(headers, now);
  const detail = { status: 429, ...problemType(said), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return /\/usage-capped$/m.test(said)
    ? new PublishError("rate_limited", "The X app has used up what X allows it for now", detail)
    : new PublishError("rate_limited", "X asks us to slow down", detail);
}

/** Every sentence and type of the answer, a line each; nothing where it is not X's JSON. */
async function whatItSays(response: HttpAnswer): Promise<string> {
  const lines: string[] = [];
  try {
    collect(await response.json(), lines);
  } catch {
    // A refusal remains one when its body is missing or cut off.
  }
  return lines.join("\n");
}

function collect(value: unknown, lines: string[]): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === "string" && spoken.has(name)) lines.push(part);
    if (name === "errors" && Array.isArray(part)) for (const one of part) collect(one, lines);
  }
}

const spoken = new Set(["title", "detail", "type", "reason", "message", "error_description"]);

/** The last part only: X uses both api.twitter.com and api.x.com before it. */
function problemType(said: string): { code?: string } {
  const code = /\/problems\/([a-z0-9-]{1,40})$/m.exec(said)?.[1];
  return code ? { code } : {};
}
