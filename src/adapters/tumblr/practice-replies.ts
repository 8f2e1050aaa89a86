import type { PracticeReply } from "../../practice/kit.ts";

// https://www.tumblr.com/docs/en/api/v2#response-format (checked 2026-11)
export function answer(status: 200 | 201, response: unknown): PracticeReply {
  return { status, body: { meta: { status, msg: status === 201 ? "Created" : "OK" }, response } };
}

/**
 * A no in Tumblr's words: https://github.com/tumblr/docs/issues/53, https://github.com/tumblr/docs/issues/88 (checked 2026-11).
 * @param code the subcode; 0 where there is none
 */
export function problem(status: number, code: number, detail: string): PracticeReply {
  const msg = reasons[status] ?? "";
  return { status, body: { meta: { status, msg }, response: [], errors: [{ title: msg, code, detail }] } };
}

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Limit Exceeded",
};

export function unauthorized(): PracticeReply {
  return problem(401, 0, "Unable to authorize");
}

export function notFound(what: "blog" | "post"): PracticeReply {
  return problem(404, 0, `Hm. We couldn't find that ${what}.`);
}

/** A post that breaks the format's rules. */
export function malformed(detail = "Posting failed. Please try again."): PracticeReply {
  return problem(400, 8001, detail);
}

/** In the headers the time left is in seconds. */
export function tooMany(headers: Readonly<Record<string, string>>): PracticeReply {
  return { ...problem(429, 0, "Limit Exceeded"), headers };
}

export function limitHeaders(
  window: "perhour" | "perday",
  limit: number,
  remaining: number,
  resetMs: number,
): Record<string, string> {
  return {
    [`x-ratelimit-${window}-limit`]: String(limit),
    [`x-ratelimit-${window}-remaining`]: String(Math.max(0, remaining)),
    [`x-ratelimit-${window}-reset`]: String(Math.max(0, Math.ceil(resetMs / 1000))),
  };
}
