import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticePlatform, PracticeReply, PracticeRoute } from "../../practice/kit.ts";
import { guarded, limits, type PracticeUser, tokensOf, usersOf } from "./practice-access.ts";
import { createPost, textOf } from "./practice-create.ts";
import { nextId } from "./practice-ids.ts";
import { look } from "./practice-look.ts";
import { setAltText, uploadImage } from "./practice-media.ts";
import { phone } from "./practice-phone.ts";
import { tooManyRequests, unauthorized } from "./practice-problems.ts";
import { deletePost, readPost, readTimeline } from "./practice-read.ts";
import { signIn } from "./practice-sign-in.ts";
import { appendSegment, finalizeUpload, initializeUpload, readStatus } from "./practice-upload.ts";

const routes: readonly PracticeRoute[] = [
  {
    method: "GET",
    path: "/2/users/me",
    handle: guarded(limits.me, ({ id, handle, name }) => ok({ id, username: handle, name })),
  },
  {
    method: "POST",
    path: "/2/tweets",
    publishes: () => true,
    async handle(request, network) {
      const reply = await guarded(limits.create, createPost)(request, network);
      if (reply.status !== 201) network.refuse(textOf(request), reasonOf(reply));
      return reply;
    },
  },
  { method: "GET", path: "/2/tweets/:id", handle: guarded(limits.read, readPost) },
  { method: "DELETE", path: "/2/tweets/:id", handle: guarded(limits.remove, deletePost) },
  { method: "GET", path: "/2/users/:id/tweets", handle: guarded(limits.timeline, readTimeline) },
  { method: "POST", path: "/2/media/upload", handle: guarded(limits.uploadImage, uploadImage) },
  { method: "GET", path: "/2/media/upload", handle: guarded(limits.status, readStatus) },
  {
    method: "POST",
    path: "/2/media/upload/initialize",
    handle: guarded(limits.initialize, initializeUpload),
  },
  { method: "POST", path: "/2/media/upload/:id/append", handle: guarded(limits.append, appendSegment) },
  { method: "POST", path: "/2/media/upload/:id/finalize", handle: guarded(limits.finalize, finalizeUpload) },
  { method: "POST", path: "/2/media/metadata", handle: guarded(limits.metadata, setAltText) },
  {
    method: "GET",
    path: "/i/web/status/:id",
    handle: ({ params }, { baseUrl }) => ({
      status: 302,
      headers: { location: `${baseUrl}/posts/${encodeURIComponent(params.id ?? "")}` },
    }),
  },
];

/** X's API v2 as far as the adapter uses it. */
export const practice: PracticePlatform = {
  platform: "x",
  look,
  register,
  routes,
  signIn,
  phone,
  unauthorized,
  rateLimited: (resetAt) => tooManyRequests(resetAt === null ? {} : spent(resetAt)),
};

function register(network: PracticeNetwork, handle: string) {
  const users = usersOf(network);
  const known = users.list().find(([, user]) => user.handle.toLowerCase() === handle.toLowerCase())?.[1];
  const user: PracticeUser = known ?? { id: nextId(network), handle, name: nameFrom(handle) };
  users.put(user.id, user);
  const accessToken = randomBytes(32).toString("base64url");
  tokensOf(network).put(accessToken, { userId: user.id });
  return { externalId: user.id, handle: user.handle, name: user.name, credentials: { accessToken } };
}

/** `water_for_all` → `Water For All` */
function nameFrom(handle: string): string {
  return handle
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}

function spent(resetAt: Date): Record<string, string> {
  return {
    "x-rate-limit-limit": String(limits.create.max),
    "x-rate-limit-remaining": "0",
    "x-rate-limit-reset": String(Math.ceil(resetAt.getTime() / 1000)),
  };
}

function ok(data: unknown): PracticeReply {
  return { status: 200, body: { data } };
}

function reasonOf({ status, body }: PracticeReply): string {
  const problem = (body ?? {}) as { detail?: string; errors?: readonly { message?: string }[] };
  return `${status}: ${problem.errors?.[0]?.message ?? problem.detail ?? "refused"}`;
}
