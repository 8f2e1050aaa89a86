import type { PublishErrorKind } from "../../../src/domain/decide.ts";
import type { Refusal } from "../refusal.ts";

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Limit Exceeded",
};

function refusal(
  name: string,
  [status, code]: readonly [status: number, code: number],
  detail: string,
  kind: PublishErrorKind,
): Refusal {
  const msg = reasons[status];
  const body = { meta: { status, msg }, response: [], errors: [{ title: msg, code, detail }] };
  return { name: `${status}.${code} ${name}`, status, body, kind };
}

// https://www.tumblr.com/docs/en/api/v2#errors-and-error-subcodes; bodies as in github.com/tumblr/docs, issues 53 and 88 (checked 2026-11)
export const refusals: readonly Refusal[] = [
  refusal("a login that ended", [401, 0], "Unable to authorize this request", "unauthorized"),
  refusal("not allowed", [403, 0], "You do not have permission to do this", "forbidden"),
  {
    name: "403 at the front door",
    status: 403,
    body: "<html><h1>403 Forbidden</h1></html>",
    kind: "forbidden",
  },
  refusal("no such blog", [404, 0], "Hm. We couldn't find that blog anywhere.", "invalid"),
  refusal("a wrong format", [400, 8001], "Posting failed. Please try again.", "invalid"),
  {
    name: "400.8001 without a detail",
    status: 400,
    body: {
      meta: { status: 400, msg: "Bad Request" },
      errors: [{ title: "'content' must be an array'", code: 8001 }],
    },
    kind: "invalid",
  },
  refusal("a reblog of nothing", [400, 8002], "The post you are reblogging is gone.", "invalid"),
  refusal("a file of another kind", [400, 8005], "That file type is not supported.", "invalid"),
  refusal("a wrong answer", [400, 8016], "The answer's layout is not right.", "invalid"),
  refusal("a joke", [400, 0], "Hit a glitch. Please try that again.", "invalid"),
  refusal(
    "media limit",
    [403, 8004],
    "You have hit a posting or media upload limit for the day.",
    "rate_limited",
  ),
  refusal("a video in a reblog", [403, 8008], "Videos cannot be added to reblogs.", "invalid"),
  refusal("another video first", [403, 8010], "A video of yours is still transcoding.", "rate_limited"),
  refusal("video limit", [403, 8011], "You cannot upload any more videos today.", "rate_limited"),
  refusal("queue limit", [403, 8022], "This blog's queue is full right now.", "rate_limited"),
  refusal("post limit", [403, 8023], "This blog has hit its daily post limit.", "rate_limited"),
  { name: "413", status: 413, body: "<html><h1>413 Request Entity Too Large</h1></html>", kind: "invalid" },
  refusal("too many requests", [429, 0], "Límite excedido: inténtalo más tarde", "rate_limited"),
  refusal("upload trouble", [500, 8006], "There was an unknown upload error.", "indeterminate"),
  refusal("video upload trouble", [500, 8009], "There was an unknown video upload error.", "indeterminate"),
  refusal("posting is switched off", [503, 0], "Posting is disabled for the moment.", "indeterminate"),
  { name: "408 is no answer", status: 408, body: {}, kind: "indeterminate" },
];
