import type { Refusal } from "../refusal.ts";

const forbidden = (detail: string) => ({ title: "Forbidden", detail, type: "about:blank", status: 403 });
const invalid = (message: string) => ({
  errors: [{ message }],
  title: "Invalid Request",
  detail: "One or more parameters to your request was invalid.",
  type: "https://api.twitter.com/2/problems/invalid-request",
});
const problem = (name: string, title: string) => ({
  title,
  detail: "This request cannot be served as it stands.",
  type: `https://api.x.com/2/problems/${name}`,
});

// https://docs.x.com/x-api/fundamentals/response-codes-and-errors, and what X was seen to answer (checked 2026-11)
export const refusals: readonly Refusal[] = [
  {
    name: "401",
    status: 401,
    body: { title: "Unauthorized", type: "about:blank", status: 401, detail: "Unauthorized" },
    kind: "unauthorized",
  },
  {
    name: "402 no credits",
    status: 402,
    body: {
      account_id: 2056915467785113600,
      title: "CreditsDepleted",
      detail:
        "Your enrolled account [2056915467785113600] does not have any credits to fulfill this request.",
      type: "https://api.twitter.com/2/problems/credits",
    },
    kind: "forbidden",
  },
  {
    name: "403 duplicate",
    status: 403,
    body: forbidden("You are not allowed to create a Tweet with duplicate content."),
    kind: "invalid",
  },
  {
    name: "403 too long, or anything else",
    status: 403,
    body: forbidden("You are not permitted to perform this action."),
    kind: "invalid",
  },
  {
    name: "403 two cashtags",
    status: 403,
    body: forbidden("Posts are limited to a maximum of one cashtag"),
    kind: "invalid",
  },
  {
    name: "403 long video",
    status: 403,
    body: forbidden("This user is not allowed to post a video longer than 20 minutes."),
    kind: "invalid",
  },
  {
    name: "403 nothing to reply to",
    status: 403,
    body: forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."),
    kind: "invalid",
  },
  {
    name: "403 closed conversation",
    status: 403,
    body: forbidden(
      "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.",
    ),
    kind: "forbidden",
  },
  {
    name: "403 suspended",
    status: 403,
    body: forbidden("Your account is suspended and is not permitted to access this feature."),
    kind: "forbidden",
  },
  {
    name: "403 wrong kind of token",
    status: 403,
    body: problem("unsupported-authentication", "Unsupported Authentication"),
    kind: "forbidden",
  },
  {
    name: "403 read-only app",
    status: 403,
    body: problem("oauth1-permissions", "Forbidden"),
    kind: "forbidden",
  },
  {
    name: "403 app not enrolled",
    status: 403,
    body: { ...problem("client-forbidden", "Client Forbidden"), reason: "client-not-enrolled" },
    kind: "forbidden",
  },
  {
    name: "403 not authorized",
    status: 403,
    body: problem("not-authorized-for-resource", "Authorization Error"),
    kind: "forbidden",
  },
  { name: "400 bad link", status: 400, body: invalid("The Tweet contains an invalid URL."), kind: "invalid" },
  { name: "400 media", status: 400, body: invalid("Your media IDs are invalid."), kind: "invalid" },
  {
    name: "400 unknown field",
    status: 400,
    body: invalid("$.txt: is not defined in the schema and the schema does not allow additional properties"),
    kind: "invalid",
  },
  {
    name: "429",
    status: 429,
    body: { title: "Too Many Requests", detail: "Too Many Requests", type: "about:blank", status: 429 },
    kind: "rate_limited",
  },
  {
    name: "429 of old",
    status: 429,
    body: { errors: [{ code: 88, message: "Rate limit exceeded" }] },
    kind: "rate_limited",
  },
  {
    name: "429 quota",
    status: 429,
    body: { ...problem("usage-capped", "UsageCapExceeded"), period: "Monthly", scope: "Account" },
    kind: "rate_limited",
  },
  { name: "408 is no answer", status: 408, body: {}, kind: "indeterminate" },
  { name: "409 is not for posts", status: 409, body: problem("conflict", "Conflict"), kind: "indeterminate" },
];
