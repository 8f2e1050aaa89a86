import type { PracticeReply } from "../../practice/kit.ts";

/** Inside a 200, as recorded in PRAW's cassettes: code, words, field. */
export function jsonError(code: string, message: string, field: string, more: object = {}): PracticeReply {
  return { status: 200, body: { json: { errors: [[code, message, field]], ...more } } };
}

/** What a subreddit's own rules refuse, because the request asked for `validate_on_submit`. */
export function ruleError(reason: string, explanation: string, field: string): PracticeReply {
  return {
    status: 400,
    body: {
      fields: [field],
      explanation,
      error_type: "SUBMIT_VALIDATION_ERROR",
      message: "Bad Request",
      reason: `SUBMIT_VALIDATION_${reason}`,
    },
  };
}

const words: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
};

export function plainError(status: number, reason?: string): PracticeReply {
  return {
    status,
    ...(status === 401 && {
      headers: { "www-authenticate": 'Bearer realm="reddit", error="invalid_token"' },
    }),
    body: { ...(reason !== undefined && { reason }), message: words[status] ?? "Bad Request", error: status },
  };
}

/** S3's, which knows nothing of JSON. */
export function storageError(status: number, code: string, more: string): PracticeReply {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code>${more}<RequestId>practice</RequestId></Error>`,
  };
}
