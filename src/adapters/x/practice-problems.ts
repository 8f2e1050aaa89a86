import type { PracticeReply } from "../../practice/kit.ts";

const problemJson = { "content-type": "application/problem+json" };
const types = "https://api.twitter.com/2/problems";

export function unauthorized(): PracticeReply {
  return plain(401, "Unauthorized", "Unauthorized");
}

export function tooManyRequests(headers: Readonly<Record<string, string>>): PracticeReply {
  const reply = plain(429, "Too Many Requests", "Too Many Requests");
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Most of X's refusals: a sentence, and no type that a program could go by. */
export function forbidden(detail: string): PracticeReply {
  return plain(403, "Forbidden", detail);
}

/** @param parameters what was wrong, by name, as it was sent */
export function invalidRequest(
  message: string,
  parameters?: Readonly<Record<string, unknown>>,
): PracticeReply {
  const asSent = Object.entries(parameters ?? {}).map(([name, value]) => [
    name,
    [typeof value === "string" ? value : JSON.stringify(value)],
  ]);
  return {
    status: 400,
    headers: problemJson,
    body: {
      errors: [{ ...(parameters && { parameters: Object.fromEntries(asSent) }), message }],
      title: "Invalid Request",
      detail: "One or more parameters to your request was invalid.",
      type: `${types}/invalid-request`,
    },
  };
}

/** What stands among the `errors` of a 200 whose object is not there. */
export function notFound(resourceType: "tweet" | "user", id: string) {
  return {
    value: id,
    detail: `Could not find ${resourceType} with id: [${id}].`,
    title: "Not Found Error",
    resource_type: resourceType,
    parameter: "id",
    resource_id: id,
    type: `${types}/resource-not-found`,
  };
}

function plain(status: number, title: string, detail: string): PracticeReply {
  return { status, headers: problemJson, body: { title, detail, type: "about:blank", status } };
}
