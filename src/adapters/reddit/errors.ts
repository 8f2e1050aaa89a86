import type { PublishErrorKind } from "../../domain/decide.ts";
import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { msInRefusal, msUntilAllowed } from "./rate-limit.ts";
import { refusals } from "./refusals.ts";

/** Refusals without a code of Reddit's. https://github.com/reddit-archive/reddit/wiki/API (checked 2026-11) */
const byStatus: Readonly<Record<number, readonly [PublishErrorKind, code: string, message: string]>> = {
  400: ["invalid", "refused", "Reddit did not accept this: check the text, the title and the link"],
  401: ["unauthorized", "login_expired", "Reddit no longer accepts this login: connect the account again"],
  403: [
    "forbidden",
    "forbidden",
    "Reddit does not let this account do this: sign in at reddit.com to see why",
  ],
  404: ["invalid", "not_found", "Reddit does not know what this refers to, or this account cannot see it"],
  413: ["invalid", "too_large", "This is too large for Reddit: shorten the text, or choose smaller files"],
  429: ["rate_limited", "too_many_requests", "Reddit asks us to slow down"],
};

/** Words, not codes, in which Reddit says why a subreddit cannot be reached. */
const closed: Readonly<Record<string, readonly [PublishErrorKind, code: string, message: string]>> = {
  banned: ["invalid", "subreddit_banned", "Reddit has closed this subreddit: choose another"],
  private: [
    "forbidden",
    "subreddit_closed",
    "The subreddit is private: ask its moderators to let this account in",
  ],
  quarantined: [
    "forbidden",
    "subreddit_closed",
    "Reddit has put this subreddit apart: open it once at reddit.com",
  ],
};

/** An answer that is not 2xx, in terms the engine acts on. */
export async function classify(response: HttpAnswer): Promise<PublishError> {
  const { status, headers } = response;
  const usual = byStatus[status];
  if (!usual) return new PublishError("unavailable", "Reddit is having trouble at the moment", { status });
  const reason = await reasonIn(response);
  if (/^[A-Z]/.test(reason)) return refusal(reason, { status });
  if (status === 403 && headers.get("www-authenticate")?.includes("insufficient_scope"))
    return new PublishError(
      "forbidden",
      "This login may not do this on Reddit: connect the account again and allow all that is asked for",
      { status, code: "missing_scope" },
    );
  const [kind, code, message] = closed[reason] ?? usual;
  const retryAfterMs = status === 429 ? msUntilAllowed(headers) : undefined;
  return new PublishError(kind, message, {
    status,
    code,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/**
 * The refusal inside a 200: `{ json: { errors: [[code, message, field]], ratelimit? } }`.
 * @returns undefined where there is none; `unavailable` where it cannot be understood, or the answer names a post too
 */
export function refusalIn(answer: object): PublishError | undefined {
  const { json } = answer as { json?: { errors?: unknown; ratelimit?: unknown; data?: { id?: unknown } } };
  const errors = json?.errors ?? [];
  if (Array.isArray(errors) && errors.length === 0) return undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const [code, message] = Array.isArray(first) ? first : [];
  if (typeof code !== "string" || json?.data?.id !== undefined) return unreadable(200);
  const retryAfterMs = msInRefusal(json?.ratelimit, String(message));
  return refusal(code, { status: 200, ...(retryAfterMs !== undefined && { retryAfterMs }) });
}

export function unreadable(status?: number): PublishError {
  return new PublishError("unavailable", "Reddit gave an answer we could not read", {
    ...(status !== undefined && { status }),
    code: "unreadable_answer",
  });
}

function refusal(said: string, detail: { status: number; retryAfterMs?: number }): PublishError {
  const known = refusals.find(({ is }) => is.test(said));
  const { status } = detail;
  if (!known)
    return new PublishError(
      "invalid",
      "Reddit did not accept this: look at the rules of the subreddit, then change the post",
      { status, code: "refused" },
    );
  const { kind, code, message } = known;
  return new PublishError(kind, message, kind === "rate_limited" ? { ...detail, code } : { status, code });
}

/** Nothing where the answer is HTML: a refusal remains one when its body is missing or cut off. */
async function reasonIn(response: HttpAnswer): Promise<string> {
  try {
    const { reason } = (await response.json()) as { reason?: unknown };
    return typeof reason === "string" ? reason : "";
  } catch {
    return "";
  }
}
