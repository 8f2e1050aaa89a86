import { blueskyByLogin } from "../../support/bluesky-by-login.ts";
import type { Refusal } from "../refusal.ts";

/** Held to the same contract, linked in another way. */
export const alsoLinked = { "by a login": blueskyByLogin };

function refused(
  status: number,
  error: string,
  message: string,
  kind: Refusal["kind"],
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  return {
    name: `${status} ${error}: ${message.slice(0, 60)}`,
    status,
    headers,
    body: { error, message },
    kind,
  };
}

const cid = "bafyreihgc3midioz7nk6uciyuqvnakclmjlhsyc5czsydvdtigf27zduzm";

// What a server of version 0.4.217 answers, and https://docs.bsky.app/docs/api/com-atproto-repo-put-record (checked 2026-11)
export const refusals: readonly Refusal[] = [
  refused(400, "ExpiredToken", "Token has expired", "unauthorized"),
  refused(400, "InvalidToken", "Token could not be verified", "unauthorized"),
  refused(401, "AuthMissing", "Authentication Required", "unauthorized"),
  refused(401, "invalid_token", "Token expired at 2026-11-20T12:00:00.000Z", "unauthorized"),
  refused(401, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof", "unavailable"),
  refused(401, "AuthenticationRequired", "Authentication Required", "unauthorized"),
  refused(401, "AccountTakedown", "Account has been taken down", "forbidden"),
  refused(401, "AccountDeactivated", "Account is deactivated", "forbidden"),
  refused(403, "AccountNotFound", "Account not found", "unauthorized"),
  refused(400, "InvalidSwap", `Record was at ${cid}`, "invalid"),
  refused(
    400,
    "InvalidRequest",
    "Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text",
    "invalid",
  ),
  refused(
    400,
    "InvalidRequest",
    'Invalid record key for app.bsky.feed.post: Invalid TID string (got "sched-1") at $',
    "invalid",
  ),
  refused(
    400,
    "InvalidRequest",
    "Invalid app.bsky.feed.post record: array too big (maximum 3, got 4) at $.record.langs",
    "invalid",
  ),
  refused(400, "BlobNotFound", `Could not find blob: ${cid}`, "invalid"),
  refused(
    400,
    "InvalidMimeType",
    "Referenced Mimetype does not match stored blob. Expected: image/jpeg, Got: image/png",
    "invalid",
  ),
  refused(413, "PayloadTooLarge", "request entity too large", "invalid"),
  refused(429, "RateLimitExceeded", "Rate Limit Exceeded", "rate_limited", { "retry-after": "290" }),
  // Whoever does not name the refusal is not a Bluesky server: a proxy, or another site altogether.
  { name: "404 of a stranger", status: 404, body: "Cannot POST /xrpc", kind: "indeterminate" },
  refused(501, "MethodNotImplemented", "Method Not Implemented", "indeterminate"),
  refused(502, "UpstreamFailure", "Upstream service unreachable", "indeterminate"),
];
