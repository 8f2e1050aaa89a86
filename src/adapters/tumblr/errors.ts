import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError, type PublishErrorDetail } from "../contract/publish-error.ts";
import { msUntilNextDay, msUntilReset } from "./rate-limit.ts";
import { type Refusal, refusals } from "./refusals.ts";

/** The client errors Tumblr documents, and its front door's 413; any other 4xx tells us nothing. https://www.tumblr.com/docs/en/api/v2#errors-and-error-subcodes (checked 2026-11) */
const documented: Readonly<Record<number, Refusal>> = {
  400: {
    kind: "invalid",
    code: "refused",
    message: "Tumblr refused this post without saying why. Check its text, link, files and tags",
  },
  401: {
    kind: "unauthorized",
    message: "Tumblr no longer accepts this login. Connect the account again",
  },
  403: {
    kind: "forbidden",
    message:
      "Tumblr does not let this login do this. Check at tumblr.com that it may post to the blog and is not restricted, then connect it again",
  },
  404: {
    kind: "invalid",
    code: "not_found",
    message: "Tumblr does not know this blog or post any more. If the blog is still there, connect it again",
  },
  413: {
    kind: "invalid",
    code: "media_too_large",
    message: "The files are too large for Tumblr. Make them smaller, or use fewer",
  },
};

/**
 * An answer that is not 2xx, in terms the engine acts on.
 * @param now to turn the moment a limit ends into a wait
 */
export async function classify(response: HttpAnswer, now: Date): Promise<PublishError> {
  const { status } = response;
  if (status === 429) return tooMany(response.headers);
  const refusal = refusals[`${status}.${await subcode(response)}`] ?? documented[status];
  if (!refusal) return new PublishError("unavailable", "Tumblr is having trouble at the moment", { status });
  return new PublishError(refusal.kind, refusal.message, {
    status,
    ...(refusal.code !== undefined && { code: refusal.code }),
    ...waitFor(refusal, now),
  });
}

/** Without the headers there is no telling for how long: Tumblr also turns whole networks away, which they do not count. */
function tooMany(headers: HttpAnswer["headers"]): PublishError {
  const retryAfterMs = msUntilReset(headers);
  return new PublishError("rate_limited", "Tumblr asks us to slow down", {
    status: 429,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function waitFor({ wait }: Refusal, now: Date): PublishErrorDetail {
  if (wait === undefined) return {};
  return { retryAfterMs: wait === "next_day" ? msUntilNextDay(now) : wait };
}

/** `errors[0].code`, where the answer is Tumblr's own. A refusal remains one when its body is missing or cut off. */
async function subcode(response: HttpAnswer): Promise<number | undefined> {
  const body = (await response.json().catch(() => null)) as { errors?: unknown } | null;
  const errors: unknown = body?.errors;
  const first = Array.isArray(errors) ? (errors[0] as { code?: unknown } | null) : null;
  return typeof first?.code === "number" ? first.code : undefined;
}
