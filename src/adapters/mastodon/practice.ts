import type {
  PracticeNetwork,
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
} from "../../practice/kit.ts";
import { accountOf, allows, domain, register } from "./practice-accounts.ts";
import { createApp } from "./practice-apps.ts";
import { editStatus } from "./practice-edit.ts";
import { look } from "./practice-look.ts";
import { getMedia, uploadMedia } from "./practice-media.ts";
import { phone } from "./practice-phone.ts";
import { type Account, accountEntity, problem, unauthorized } from "./practice-replies.ts";
import { signIn } from "./practice-sign-in.ts";
import { createStatus, deleteStatus, getStatus, ownStatuses } from "./practice-statuses.ts";
import { streaming } from "./practice-streaming.ts";
import { maxCharacters } from "./rules.ts";

/** One Mastodon server, as far as an account that posts can see it. */
export const practice: PracticePlatform = {
  platform: "mastodon",
  look,
  register,
  routes: [
    { method: "POST", path: "/api/v1/apps", handle: createApp },
    {
      method: "GET",
      path: "/api/v1/accounts/verify_credentials",
      handle: signedIn("read:accounts", verifyCredentials),
    },
    { method: "GET", path: "/api/v1/accounts/:id/statuses", handle: signedIn("read:statuses", ownStatuses) },
    { method: "GET", path: "/api/v2/instance", handle: instance },
    { method: "POST", path: "/api/v2/media", handle: signedIn("write:media", uploadMedia) },
    { method: "GET", path: "/api/v1/media/:id", handle: signedIn("write:media", getMedia) },
    {
      method: "POST",
      path: "/api/v1/statuses",
      publishes: () => true,
      handle: signedIn("write:statuses", createStatus),
    },
    { method: "GET", path: "/api/v1/statuses/:id", handle: signedIn("read:statuses", getStatus) },
    { method: "PUT", path: "/api/v1/statuses/:id", handle: signedIn("write:statuses", editStatus) },
    { method: "DELETE", path: "/api/v1/statuses/:id", handle: signedIn("write:statuses", deleteStatus) },
    { method: "GET", path: "/@:handle/:id", handle: toPostPage },
    { method: "GET", path: "/web/statuses/:id", handle: toPostPage },
  ],
  sockets: [streaming],
  signIn,
  phone,
  unauthorized,
  rateLimited: (resetAt) => ({
    ...problem(429, "Too many requests"),
    headers: {
      "x-ratelimit-limit": "300",
      "x-ratelimit-remaining": "0",
      ...(resetAt && { "x-ratelimit-reset": resetAt.toISOString() }),
    },
  }),
};

type Handler = (
  request: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
) => PracticeReply | Promise<PracticeReply>;

function signedIn(
  scope: string,
  handler: Handler,
): (request: PracticeRequest, network: PracticeNetwork) => PracticeReply | Promise<PracticeReply> {
  return async (request, network) => {
    const account = accountOf(request, network);
    if (!account) return unauthorized();
    if (!allows(request, scope, network)) return problem(403, "This action is outside the authorized scopes");
    const reply = await handler(request, network, account);
    return { ...reply, headers: { ...roomLeft(network), ...reply.headers } };
  };
}

/** Nobody is slowed down here, but every answer says how it stands. */
function roomLeft(network: PracticeNetwork): Record<string, string> {
  const windowMs = 5 * 60_000;
  const endsAt = Math.ceil((network.now().getTime() + 1) / windowMs) * windowMs;
  return {
    "x-ratelimit-limit": "300",
    "x-ratelimit-remaining": "299",
    "x-ratelimit-reset": new Date(endsAt).toISOString(),
  };
}

function verifyCredentials(
  _request: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  return { status: 200, body: accountEntity(account, network) };
}

// https://docs.joinmastodon.org/methods/instance/#v2 (checked 2026-11)
function instance(_request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  return {
    status: 200,
    body: {
      domain,
      title: "Mastodon on the practice network",
      version: "4.5.0",
      configuration: {
        urls: { streaming: network.baseUrl.replace(/^http/, "ws") },
        statuses: {
          max_characters: maxCharacters,
          max_media_attachments: 4,
          characters_reserved_per_url: 23,
        },
        media_attachments: {
          description_limit: 1500,
          image_size_limit: 16_777_216,
          video_size_limit: 103_809_024,
        },
      },
      rules: [{ id: "1", text: "Practice as you would post." }],
    },
  };
}

function toPostPage({ params }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  return {
    status: 302,
    headers: { location: `${network.baseUrl}/posts/${encodeURIComponent(params.id ?? "")}` },
  };
}
