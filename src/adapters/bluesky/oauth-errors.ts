import { OAuthResponseError } from "@atproto/oauth-client";
import { PublishError } from "../contract/publish-error.ts";

/** What is wrong with our app rather than with a person's login: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const appErrors = new Set([
  "invalid_client",
  "unauthorized_client",
  "invalid_client_metadata",
  "invalid_scope",
]);

/**
 * Runs a step of the official client.
 * @throws PublishError for whatever it throws, with nothing of what the server said but a code
 */
export async function inOurTerms<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw toPublishError(error);
  }
}

/** A person came back without a code. */
export function sentBack(error: string | null): PublishError {
  const denied = error === "access_denied";
  return new PublishError(
    "unauthorized",
    denied ? "You did not allow Clarion to use your Bluesky account" : "Bluesky refused the login",
    { code: known(error ?? "") },
  );
}

function toPublishError(error: unknown): PublishError {
  const chain = causes(error);
  const ours = chain.find((one) => one instanceof PublishError);
  if (ours) return ours;
  const answered = chain.find((one) => one instanceof OAuthResponseError);
  if (answered) return refused(answered.status, answered.error);
  const names = chain.map((one) => one.name);
  const says = (words: RegExp) => chain.some(({ message }) => words.test(message));
  if (says(/^Issuer mismatch$/))
    return new PublishError(
      "unauthorized",
      "This Bluesky account is not at the server that logged it in, or has moved: connect it again by its handle",
      { code: "wrong_server" },
    );
  if (says(/does not resolve to a DID|Invalid handle|does not include the handle/))
    return new PublishError(
      "invalid",
      "There is no such Bluesky account: check the handle, such as name.bsky.social",
      { code: "not_found" },
    );
  if (chain.some((one) => "statusCode" in one && Number(one.statusCode) >= 500))
    return new PublishError("unavailable", "Bluesky is having trouble", { code: "no_answer" });
  if (names.includes("OAuthResolverError"))
    return new PublishError("invalid", "No Bluesky server that lets people log in was found there", {
      code: "no_login_server",
    });
  return new PublishError("unavailable", "Bluesky gave an answer we could not read", {
    code: "unreadable_answer",
  });
}

function refused(status: number, error: string | undefined): PublishError {
  const detail = { status, ...(error !== undefined && { code: known(error) }) };
  if (status === 429)
    return new PublishError("rate_limited", "Bluesky asks us to slow down. Try again later", detail);
  if (status >= 500) return new PublishError("unavailable", "Bluesky is having trouble", detail);
  if (error !== undefined && appErrors.has(error))
    return new PublishError(
      "forbidden",
      "Bluesky does not accept this installation of Clarion. Its operator must check that PUBLIC_URL can be reached from the internet",
      detail,
    );
  return new PublishError(
    "unauthorized",
    "Bluesky no longer accepts this login. Connect the account again",
    detail,
  );
}

/** A code is a word; anything else may be a sentence with a token in it. */
function known(code: string): string {
  return /^[a-z_]{3,60}$/.test(code) ? code : "refused";
}

function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let one = error; one instanceof Error && found.length < 8; one = one.cause) found.push(one);
  return found;
}
