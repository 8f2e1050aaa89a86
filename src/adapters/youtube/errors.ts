import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError, type PublishErrorDetail } from "../contract/publish-error.ts";
import { msUntilQuotaDay } from "./quota-day.ts";
import { loginGone, type Refusal, refusals } from "./refusals.ts";

const dayMs = 24 * 60 * 60_000;

/** What a status means where YouTube gives no reason we know; any other 4xx tells us nothing. */
const byStatus: Readonly<Record<number, Refusal>> = {
  400: { kind: "invalid", message: "YouTube did not accept this request" },
  401: loginGone,
  403: {
    kind: "forbidden",
    message: "YouTube does not allow this: check in YouTube Studio that the channel is in order",
  },
  404: { kind: "invalid", message: "YouTube no longer has what this belongs to" },
  429: { kind: "rate_limited", message: "YouTube asks us to slow down" },
};

/**
 * An answer that is not 2xx, in terms the engine acts on.
 * @param now to turn the end of YouTube's day into a wait: it names no time itself
 */
export async function classify(response: HttpAnswer, now: Date): Promise<PublishError> {
  const { status } = response;
  if (status < 400 || status > 499)
    return new PublishError("unavailable", "YouTube is having trouble at the moment", { status });
  const reason = await reasonOf(response);
  const known = reason !== undefined && Object.hasOwn(refusals, reason) ? refusals[reason] : undefined;
  const refusal = known ?? byStatus[status];
  if (!refusal)
    return new PublishError("unavailable", "YouTube gave an answer it does not document", { status });
  const detail: PublishErrorDetail = { status, ...(reason !== undefined && { code: reason }) };
  return new PublishError(refusal.kind, refusal.message, { ...detail, ...wait(refusal, now) });
}

function wait({ until }: Refusal, now: Date): { retryAfterMs?: number } {
  if (until === undefined) return {};
  return { retryAfterMs: until === "quota_day" ? msUntilQuotaDay(now) : dayMs };
}

/** https://developers.google.com/youtube/v3/docs/errors (checked 2026-11): one word; the sentence beside it may repeat anything. */
async function reasonOf(response: HttpAnswer): Promise<string | undefined> {
  try {
    const body = (await response.json()) as { error?: { errors?: readonly { reason?: unknown }[] } } | null;
    const reason = body?.error?.errors?.[0]?.reason;
    return typeof reason === "string" && /^[a-zA-Z]{1,60}$/.test(reason) ? reason : undefined;
  } catch {
    return undefined; // a refusal remains one when its body is missing or cut off
  }
}
