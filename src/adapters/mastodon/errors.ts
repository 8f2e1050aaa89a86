import type { PublishErrorKind } from "../../domain/decide.ts";
import type { HttpAnswer } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { msUntilReset } from "./budget.ts";

/**
 * What an answer that is not 2xx means. Mastodon has no error codes, only a status and an English sentence.
 * https://docs.joinmastodon.org/methods/statuses/#create, https://docs.joinmastodon.org/methods/media/ (checked 2026-11)
 */
export function classify(response: HttpAnswer, error: string, now: Date): PublishError {
  const { status } = response;
  switch (status) {
    case 401:
      return no("unauthorized", status, "Mastodon no longer accepts this login. Connect the account again");
    case 403:
      return forbidden(status, error);
    case 404:
    case 410:
      return no(
        "invalid",
        status,
        "Mastodon does not know what this refers to: a post or file that is gone, or another server's address",
        "not_found",
      );
    case 429: {
      const retryAfterMs = msUntilReset(response.headers, now);
      return new PublishError("rate_limited", "Mastodon asks us to slow down", {
        status,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
    }
    case 400:
    case 413:
    case 415:
    case 422:
      return invalid(status, error);
    default:
      return no("unavailable", status, unavailableWords(status));
  }
}

function forbidden(status: number, error: string): PublishError {
  return error.includes("outside the authorized scopes")
    ? no(
        "forbidden",
        status,
        "This login may not post on Mastodon. Connect the account again and allow it to post and to upload media",
        "missing_scope",
      )
    : no(
        "forbidden",
        status,
        "Mastodon does not let this account do this. Sign in on the server, or ask its moderators",
      );
}

/** https://github.com/mastodon/mastodon/blob/main/config/locales/en.yml (checked 2026-11) */
const refusals: readonly (readonly [RegExp, code: string, message: string])[] = [
  [/character limit/i, "text_too_long", "The text is too long for this Mastodon server. Shorten it"],
  [/can't be blank/i, "text_missing", "Mastodon needs a text or a file"],
  [
    /not finished processing/i,
    "media_not_ready",
    "Mastodon has not finished with a file. Try again in a minute",
  ],
  [
    /already attached|media .* not found/i,
    "media_gone",
    "Mastodon no longer has an uploaded file. Try again",
  ],
  [/more than \d+ files/i, "too_many_media", "This Mastodon server takes fewer files in one post"],
  [/attach a video/i, "media_mixed", "Mastodon does not mix pictures and videos in one post"],
  [/file/i, "media_type", "Mastodon cannot use one of the files. Choose another format or a smaller one"],
];

function invalid(status: number, error: string): PublishError {
  const known = status === 413 ? refusals.at(-1) : refusals.find(([pattern]) => pattern.test(error));
  const [, code, message] = known ?? [];
  return no(
    "invalid",
    status,
    message ?? "Mastodon refused this post. Check its text, files and options",
    code,
  );
}

function unavailableWords(status: number): string {
  if (status >= 300 && status < 400)
    return "Mastodon sends us to another address. Check the server's address of this account";
  return "Mastodon is having trouble";
}

function no(kind: PublishErrorKind, status: number, message: string, code?: string): PublishError {
  return new PublishError(kind, message, code === undefined ? { status } : { status, code });
}
