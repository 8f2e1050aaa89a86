import type { PracticeReply } from "../../practice/kit.ts";

/** https://developers.pinterest.com/docs/api/v5/ (every operation's errors, checked 2026-11) */
export function problem(
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): PracticeReply {
  return { status, headers, body: { code, message } };
}

export function unauthorized(): PracticeReply {
  return problem(401, 2, "Authentication failed.");
}

/** As the JSON Schema validator puts it, with what was sent in front. */
export function invalid(message: string): PracticeReply {
  return problem(400, 1, `Invalid request: ${message}`);
}

export function notFound(what: "Board" | "Pin" | "Media"): PracticeReply {
  return problem(404, 40, `${what} not found.`);
}

export function tooMany(headers: Readonly<Record<string, string>>): PracticeReply {
  return problem(429, 8, "You have exceeded your rate limit. Try again later.", headers);
}

/** Amazon's own words, for what is sent to its form. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (checked 2026-11) */
export function storageProblem(status: number, code: string, message: string): PracticeReply {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
