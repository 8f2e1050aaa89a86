import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError, type PublishErrorDetail } from "../contract/publish-error.ts";
import { byCode, byStatus, type Refusal } from "./refusals.ts";

/** https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling (checked 2026-11) */
interface ErrorBody {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly errorDetails?: { readonly inputErrors?: readonly { readonly code?: unknown }[] };
}

/** An answer that is not 2xx, in terms the engine acts on. What LinkedIn does not document proves nothing. */
export async function classify(response: HttpAnswer, now: Date): Promise<PublishError> {
  const { status } = response;
  const body = ((await response.json().catch(() => null)) ?? {}) as ErrorBody;
  const message = typeof body.message === "string" ? body.message : "";
  if (status === 429) return slowDown(response.headers, now);
  if (status === 404 && isNotThereYet(message))
    return notYet(status, "LinkedIn is not ready for a comment below this post yet; we will try again");
  const refusal = status < 400 || status > 499 ? undefined : refusalOf(status, body, message);
  if (!refusal)
    return new PublishError("unavailable", "LinkedIn is having trouble at the moment", { status });
  if (refusal.kind === "not_yet") return notYet(status, refusal.message);
  const { kind, code } = refusal;
  return new PublishError(kind, refusal.message, {
    status,
    code,
    ...(code === "duplicate" && copyOf(message)),
  });
}

function refusalOf(status: number, body: ErrorBody, message: string): Refusal | undefined {
  if (status === 401) return byStatus[401];
  const inputs = body.errorDetails?.inputErrors;
  const codes = [body.code, ...(Array.isArray(inputs) ? inputs.map((input) => input?.code) : [])];
  const known = codes.map((code) => byCode.get(code)).find((refusal) => refusal !== undefined);
  if (known) return known;
  return /Content is a duplicate of/i.test(message) ? byCode.get("DUPLICATE_POST") : byStatus[status];
}

/**
 * A no for now: LinkedIn made nothing. Its activity service learns of a post some seconds after the post is there, and
 * says the first sentence for that and the second to pages; both known from production (checked 2026-11).
 */
function notYet(status: number, message: string): PublishError {
  return new PublishError("unavailable", message, { status, code: "not_ready_yet", notSent: true });
}

function isNotThereYet(message: string): boolean {
  return /Unable to obtain activity|from domain authorization endpoint: 404/i.test(message);
}

/** The URN of what this is said to be a copy of: the next look asks for it. */
function copyOf(message: string): PublishErrorDetail {
  const [handle] = /urn:li:(?:share|ugcPost|activity):\d+/.exec(message) ?? [];
  return handle === undefined ? {} : { handle };
}

/**
 * LinkedIn names no time: its limits end at midnight UTC, but it answers so to protect itself too.
 * https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits (checked 2026-11)
 */
function slowDown(headers: HttpAnswer["headers"], now: Date): PublishError {
  const after = headers.get("retry-after") ?? ""; // not documented; what stands in front of it may send it
  const ms = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - now.getTime();
  return new PublishError("rate_limited", "LinkedIn asks us to slow down", {
    status: 429,
    ...(ms >= 0 && { retryAfterMs: ms }),
  });
}
