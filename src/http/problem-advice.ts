import type { RefusalCode } from "../domain/refusal.ts";

/** What each problem means, and what to do. `docs/errors.md` says the same; a test compares. */
export const problemAdvice: Readonly<Record<RefusalCode, string>> = {
  invalid_request:
    "Body, query or header is not as documented; `issues` says where. Unknown fields are refused too.",
  malformed_json: "The body is not valid JSON in UTF-8.",
  unauthorized: "No API key was sent, or it is unknown, expired or revoked.",
  missing_scope: "The key is good, but has not the scope this needs; `detail` names it.",
  not_found: "There is no such address, or nothing with this id in the key's workspace.",
  method_not_allowed: "The address has other methods: see the header `Allow`.",
  already_sending:
    "It is past the point of no return, or out; `deliveries` lists what. Wait for its outcome.",
  idempotency_key_in_use:
    "The first request with this Idempotency-Key has not finished. Send it again in a moment.",
  media_in_use: "A post uses the file. Change or delete the post first.",
  paused: "A person has stopped sending, or the account waits to be connected again.",
  wrong_state: "Its state does not allow that; `detail` says which would.",
  stale: "The post has changed since you read it. Read it again, and decide again.",
  too_large: "The body, a line of it or the number of items is above the limit of this call.",
  wrong_content_type: "Send the body as the type that the call documents.",
  account_disconnected: "The account was disconnected. Connect it again, or choose another.",
  accounts_missing: "A post with a time names no account to go to.",
  credentials_refused: "The platform does not accept the credentials of the account that is to be linked.",
  due_in_the_past: "`dueAt` is more than a minute ago. Send `now` to post at once.",
  due_too_far: "`dueAt` is more than two years ahead.",
  idempotency_key_reused:
    "The Idempotency-Key belongs to a request with another address or body. Make a new one.",
  image_too_large: "The picture has more pixels than we open.",
  invalid_time: "`dueAt` has no offset, or is no date that exists.",
  local_time_ambiguous:
    "Clocks are set back: the local time happens twice. `choices` has both; send `choose`.",
  local_time_missing:
    "Clocks are set forward: the local time does not exist. `choices` has the nearest; send `choose`.",
  media_type_refused: "The file is of a kind we do not take, whatever its name says.",
  media_unreadable: "The file is damaged, or not what it says it is.",
  login_not_offered:
    "The platform has no login for apps, or sends nobody back to this installation's address; `detail` says what to do. Else link the account by its own credentials.",
  app_missing:
    "No app of that platform is set, through which one could log in; `detail` says who can set it.",
  wrong_account:
    "The login belongs to another account than the one to connect again, or to none that may post.",
  practice_off: "The practice network does not run here.",
  unknown_account: "An account named in the body is not in this workspace.",
  unknown_media: "A file named in the body is not in this workspace, or was deleted.",
  unknown_zone: "The time zone is not an IANA name such as `Asia/Baku`, or `UTC`.",
  url_refused: "We do not fetch from this address: it is private, or not http(s).",
  feed_refused:
    "There is no feed at this address, or it cannot be read. `issues` says what was found, and often where the feed is.",
  validation_failed:
    "A platform cannot take the post; one entry in `issues` per account and rule. Nothing was stored.",
  if_match_required: "Send `If-Match` with the ETag of the post you have read.",
  rate_limited: "Too many requests; `Retry-After` says when to come back.",
  internal: "Our fault. The log has more under `requestId`.",
  platform_unavailable: "The platform did not answer, or not clearly. Try again.",
  unavailable: "The database is away. Nothing was changed; `Retry-After` says when to try again.",
  storage_unavailable:
    "The bucket that files are kept in cannot be reached, or refuses us; the log says why. Nothing was changed; try again.",
};
