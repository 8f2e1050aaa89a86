import * as oauth from "oauth4webapi";
import { PublishError } from "../../adapters/contract/publish-error.ts";

/** What is wrong with our app rather than with a person's login: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const appErrors = new Set([
  "invalid_client",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
]);

/**
 * What a failed login, trade or renewal means, in the engine's terms.
 * Nothing that came from the platform is in it but a code.
 */
export function toPublishError(error: unknown, platformName: string): PublishError {
  if (error instanceof PublishError) return error;
  if (error instanceof oauth.AuthorizationResponseError)
    return new PublishError("unauthorized", sentBackWith(error.error, platformName), {
      code: known(error.error),
    });
  if (error instanceof oauth.ResponseBodyError) return refused(error.status, error.error, platformName);
  const status = statusOf(error);
  if (status !== undefined && status >= 400) return refused(status, undefined, platformName);
  if (error instanceof oauth.OperationProcessingError)
    return new PublishError("unavailable", `${platformName} gave an answer we do not understand`, {
      code: "unreadable_answer",
    });
  return new PublishError("unavailable", `${platformName} could not be reached`);
}

function sentBackWith(error: string, platformName: string): string {
  if (error === "access_denied") return `You did not allow Clarion to use your ${platformName} account`;
  if (error === "invalid_scope")
    return `${platformName} does not give the app this installation uses all that it asks for. Whoever set it must check which permissions it has`;
  return `${platformName} refused the login`;
}

function refused(status: number, code: string | undefined, platformName: string): PublishError {
  const detail = { status, ...(code !== undefined && { code: known(code) }) };
  if (status === 429)
    return new PublishError("rate_limited", `${platformName} asks us to slow down. Try again later`, detail);
  if (status >= 500) return new PublishError("unavailable", `${platformName} is having trouble`, detail);
  if (code !== undefined && appErrors.has(code))
    return new PublishError(
      "forbidden",
      `${platformName} does not accept the app this installation uses. Its operator must check the client id and secret`,
      detail,
    );
  return new PublishError(
    "unauthorized",
    `${platformName} no longer accepts this login. Connect the account again`,
    detail,
  );
}

/** A code is a word; anything else may be a sentence with a token in it. */
function known(code: string): string {
  return /^[a-z_]{3,60}$/.test(code) ? code : "refused";
}

function statusOf(error: unknown): number | undefined {
  const { cause, status } = error as { cause?: unknown; status?: unknown };
  if (typeof status === "number") return status;
  if (cause instanceof Response) return cause.status;
  const inner = (cause as { response?: unknown } | undefined)?.response;
  return inner instanceof Response ? inner.status : undefined;
}
