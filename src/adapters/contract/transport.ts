import type { Call, HttpAnswer } from "./adapter.ts";
import { PublishError } from "./publish-error.ts";

/** Failures in which no byte of the request left: name resolution, connecting, TLS, or our own guard. */
const notSentCodes = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CLARION_ADDRESS_REFUSED",
]);

/**
 * One request through the guarded client. Any HTTP answer is returned, whatever its status.
 * @throws PublishError `unavailable`; with `notSent` only where nothing can have reached the platform
 */
export async function send(
  call: Pick<Call<unknown>, "fetch" | "signal">,
  platformName: string,
  url: string,
  init: RequestInit,
): Promise<HttpAnswer> {
  try {
    return await call.fetch(url, { ...init, redirect: "manual", signal: call.signal });
  } catch (cause) {
    const code = errorCode(cause);
    const detail = code === undefined ? {} : { code };
    throw new PublishError(
      "unavailable",
      `${platformName} could not be reached`,
      code !== undefined && notSentCodes.has(code) ? { ...detail, notSent: true } : detail,
      { cause: new Error(code ?? "no answer") }, // the original may carry the URL
    );
  }
}

/**
 * The answer's JSON.
 * @throws PublishError `unavailable` when it is not JSON: inside the fence that means we do not know
 */
export async function readJson<T>(response: HttpAnswer, platformName: string): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch {
    throw new PublishError("unavailable", `${platformName} gave an answer we could not read`, {
      status: response.status,
      code: "unreadable_answer",
    });
  }
}

/** Milliseconds until a point in time the platform named, never negative. */
export function msUntil(at: Date, now: Date): number {
  return Math.max(0, at.getTime() - now.getTime());
}

/** What failed, in the words of whoever noticed it first. Looks at shapes, not at classes: errors may come from another realm. */
export function errorCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; typeof current === "object" && current !== null && depth < 5; depth++) {
    const { code, name, cause } = current as { code?: unknown; name?: unknown; cause?: unknown };
    if (typeof code === "string") return code;
    if (name === "AbortError" || name === "TimeoutError") return name;
    current = cause;
  }
  return undefined;
}
