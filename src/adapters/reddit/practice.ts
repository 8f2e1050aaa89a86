import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticePlatform, PracticeReply, PracticeRoute } from "../../practice/kit.ts";
import { guarded, type Handle, type PracticeUser, tokensOf, tooMany, usersOf } from "./practice-access.ts";
import { addComment } from "./practice-comments.ts";
import { editText } from "./practice-edit.ts";
import { plainError } from "./practice-errors.ts";
import { look } from "./practice-look.ts";
import { leasePlace, storeFile } from "./practice-media.ts";
import { about, flairs, info, listMade, remove, requirements } from "./practice-read.ts";
import { signIn } from "./practice-sign-in.ts";
import { submitGallery, submitPost, textOf } from "./practice-submit.ts";

/** Reddit's API, its storage and its results, as far as the adapter uses them. */
export const practice: PracticePlatform = {
  platform: "reddit",
  look,
  register,
  signIn,
  routes: [
    { method: "GET", path: "/api/v1/me", handle: guarded(me) },
    publishing("/api/submit", submitPost),
    publishing("/api/submit_gallery_post.json", submitGallery),
    publishing("/api/comment", addComment),
    { method: "POST", path: "/api/media/asset.json", handle: guarded(leasePlace) },
    { method: "POST", path: "/storage/:bucket", handle: storeFile },
    { method: "GET", path: "/r/:sr/about", handle: guarded(about) },
    { method: "GET", path: "/api/v1/:sr/post_requirements", handle: guarded(requirements) },
    { method: "POST", path: "/r/:sr/api/flairselector", handle: guarded(flairs) },
    { method: "GET", path: "/user/:name/submitted", handle: guarded(listMade("submitted")) },
    { method: "GET", path: "/user/:name/comments", handle: guarded(listMade("comments")) },
    { method: "GET", path: "/api/info", handle: guarded(info) },
    { method: "POST", path: "/api/editusertext", handle: guarded(editText) },
    { method: "POST", path: "/api/del", handle: guarded(remove) },
    page("/r/:sr/comments/:id/:slug/:comment"),
    page("/r/:sr/comments/:id/:slug"),
    page("/comments/:id/:slug/:comment"),
    page("/comments/:id"),
  ],
  sockets: [
    {
      path: "/results/:key",
      message({ params }, network) {
        const result = network.collection<object>("results").get(params.key ?? "");
        return result && JSON.stringify(result);
      },
    },
  ],
  unauthorized: () => plainError(401),
  rateLimited: (resetAt, now) => tooMany(resetAt === null ? null : resetAt.getTime() - now.getTime()),
};

function register(network: PracticeNetwork, handle: string): ReturnType<PracticePlatform["register"]> {
  const name = handle.replace(/[^\w-]/g, "_") || "someone";
  const users = usersOf(network);
  const known = users.list().find(([, user]) => user.name.toLowerCase() === name.toLowerCase())?.[1];
  const user: PracticeUser = known ?? {
    id: randomBytes(6).toString("hex").slice(0, 9),
    name,
    title: titleFrom(name),
  };
  users.put(user.id, user);
  const accessToken = randomBytes(40).toString("base64url");
  tokensOf(network).put(accessToken, user.id);
  return { externalId: user.id, handle: user.name, name: user.title, credentials: { accessToken } };
}

/** `water_for_all` → `Water For All` */
function titleFrom(name: string): string {
  return name
    .split("_")
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

function me({ id, name, title }: PracticeUser): PracticeReply {
  return { status: 200, body: { id, name, icon_img: "", subreddit: { display_name: `u_${name}`, title } } };
}

/** A route that makes something public, with its refusals in the ledger. */
function publishing(path: string, handle: Handle): PracticeRoute {
  const answer = guarded(handle);
  return {
    method: "POST",
    path,
    publishes: () => true,
    async handle(request, network) {
      const reply = await answer(request, network);
      const reason = reasonOf(reply);
      if (reason !== undefined) network.refuse(textOf(request), reason);
      return reply;
    },
  };
}

function reasonOf({ status, body }: PracticeReply): string | undefined {
  const { json, reason, message } = (body ?? {}) as {
    json?: { errors?: readonly (readonly string[])[] };
    reason?: string;
    message?: string;
  };
  const [code] = json?.errors?.[0] ?? [];
  if (code !== undefined) return code;
  return status === 200 && json ? undefined : `${status}: ${reason ?? message ?? "refused"}`;
}

/** A page as it is on the live site. */
function page(path: string): PracticeRoute {
  return {
    method: "GET",
    path,
    handle: ({ params: { id = "", comment } }, { baseUrl }) => ({
      status: 302,
      headers: { location: `${baseUrl}/posts/${comment === undefined ? `t3_${id}` : `t1_${comment}`}` },
    }),
  };
}
