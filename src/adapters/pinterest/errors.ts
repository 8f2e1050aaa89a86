import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { msUntilReset } from "./rate-limit.ts";
import { refusals } from "./refusals.ts";

/**
 * An answer that is not 2xx, in terms the engine acts on. Only the statuses Pinterest documents are a no.
 * https://developers.pinterest.com/docs/api/v5/pins-create (checked 2026-11)
 */
export async function classify(response: HttpAnswer): Promise<PublishError> {
  const { status } = response;
  if (![400, 401, 403, 404, 429].includes(status))
    return new PublishError("unavailable", "Pinterest is having trouble at the moment", { status });
  const said = await whatItSays(response);
  const known = refusals.find(({ statuses, says }) => statuses.includes(status) && says.test(said));
  if (known) return new PublishError(known.kind, known.message, { status, code: known.code });
  const code = /^\d+/.exec(said)?.[0];
  const detail = { status, ...(code !== undefined && { code }) };
  switch (status) {
    case 401:
      return new PublishError(
        "unauthorized",
        "Pinterest no longer accepts this login: connect the account again",
        detail,
      );
    case 403:
      return new PublishError(
        "forbidden",
        "Pinterest does not allow this: check at pinterest.com that the account is in order and may use this board, and that the app may post for it",
        detail,
      );
    case 404:
      return new PublishError(
        "invalid",
        "Pinterest does not find what this refers to: it was deleted, or this account may not see it",
        { status, code: "not_found" },
      );
    case 429:
      return tooMany(response.headers, detail);
    default:
      return new PublishError(
        "invalid",
        "Pinterest did not accept this: check the text, title, link, files and board",
        detail,
      );
  }
}

function tooMany(headers: HttpAnswer["headers"], detail: { status: number; code?: string }): PublishError {
  const retryAfterMs = msUntilReset(headers);
  return new PublishError("rate_limited", "Pinterest asks us to slow down", {
    ...detail,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Its code, a colon and its sentences. A refusal remains one when its body is missing or cut off. */
async function whatItSays(response: HttpAnswer): Promise<string> {
  const body = (await response.json().catch(() => null)) as {
    code?: unknown;
    message?: unknown;
    message_detail?: unknown;
  } | null;
  return `${body?.code ?? ""}: ${body?.message ?? ""}\n${body?.message_detail ?? ""}`;
}
