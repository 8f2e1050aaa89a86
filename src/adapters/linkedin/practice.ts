import type {
  PracticeNetwork,
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { guarded, registerPage } from "./practice-access.ts";
import { createComment, deleteComment, listComments } from "./practice-comments.ts";
import { createPost, textOf } from "./practice-create.ts";
import { editComment, editPost } from "./practice-edit.ts";
import { getFile, getImages, initializeImage } from "./practice-files.ts";
import { look } from "./practice-look.ts";
import { getOrganization, getOrganizations, listRoles, me, userInfo } from "./practice-people.ts";
import { postBy } from "./practice-posts.ts";
import { deletePost, getPost, listPosts, statistics } from "./practice-read.ts";
import { tooManyRequests, unauthorized } from "./practice-replies.ts";
import { signIn } from "./practice-sign-in.ts";
import { actOnVideo, takeUpload } from "./practice-videos.ts";

const comments = "/rest/socialActions/:urn/comments";

const routes: readonly PracticeRoute[] = [
  { method: "GET", path: "/v2/userinfo", handle: guarded(userInfo) },
  { method: "GET", path: "/v2/me", handle: guarded(me) },
  { method: "GET", path: "/rest/organizationAcls", handle: guarded(listRoles) },
  { method: "GET", path: "/rest/organizations", handle: guarded(getOrganizations) },
  { method: "GET", path: "/rest/organizations/:id", handle: guarded(getOrganization) },
  { method: "GET", path: "/rest/organizationalEntityShareStatistics", handle: guarded(statistics) },
  { method: "POST", path: "/rest/posts", ...publishing(guarded(createPost)) },
  { method: "GET", path: "/rest/posts", handle: guarded(listPosts) },
  { method: "GET", path: "/rest/posts/:urn", handle: guarded(getPost) },
  { method: "POST", path: "/rest/posts/:urn", handle: guarded(editPost) },
  { method: "DELETE", path: "/rest/posts/:urn", handle: guarded(deletePost) },
  { method: "POST", path: comments, ...publishing(guarded(createComment)) },
  { method: "GET", path: comments, handle: guarded(listComments) },
  { method: "POST", path: `${comments}/:id`, handle: guarded(editComment) },
  { method: "DELETE", path: `${comments}/:id`, handle: guarded(deleteComment) },
  { method: "POST", path: "/rest/images", handle: guarded(initializeImage) },
  { method: "GET", path: "/rest/images", handle: guarded(getImages) },
  { method: "GET", path: "/rest/images/:urn", handle: guarded(getFile) },
  { method: "POST", path: "/rest/videos", handle: guarded(actOnVideo) },
  { method: "GET", path: "/rest/videos/:urn", handle: guarded(getFile) },
  { method: "PUT", path: "/dms-uploads/:key", handle: takeUpload },
  { method: "GET", path: "/feed/update/:urn", handle: toPostPage },
];

/** LinkedIn's versioned API as far as the adapter uses it. Its identities are pages: what members post is not shown to apps. */
export const practice: PracticePlatform = {
  platform: "linkedin",
  look,
  register: registerPage,
  routes,
  signIn,
  unauthorized,
  rateLimited: (resetAt) => ({ ...tooManyRequests(), ...(resetAt && retryAfter(resetAt)) }),
};

/** The ledger hears of refusals too. */
function publishing(handle: PracticeRoute["handle"]): Pick<PracticeRoute, "handle" | "publishes"> {
  return {
    publishes: () => true,
    async handle(request, network) {
      const reply = await handle(request, network);
      const { message = "refused" } = (reply.body ?? {}) as { message?: string };
      if (reply.status !== 201) network.refuse(textOf(request), `${reply.status}: ${message}`);
      return reply;
    },
  };
}

/** LinkedIn itself names no time; a date is what HTTP has for those who do. */
function retryAfter(resetAt: Date): Pick<PracticeReply, "headers"> {
  return { headers: { "retry-after": resetAt.toUTCString() } };
}

/** The live site's address of a post, by its own URN or that of its thread, and of a comment in it. */
function toPostPage({ params, query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const { urn = "" } = params;
  const id = query.get("commentUrn") ?? postBy(urn, network)?.id ?? urn;
  return { status: 302, headers: { location: `${network.baseUrl}/posts/${encodeURIComponent(id)}` } };
}
