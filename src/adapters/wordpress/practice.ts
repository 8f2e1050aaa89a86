import type { PracticePlatform, PracticeRoute } from "../../practice/kit.ts";
import { getMedia, listMedia, updateMedia, uploadMedia } from "./practice-attachments.ts";
import {
  createComment,
  deleteComment,
  getComment,
  listComments,
  updateComment,
} from "./practice-comments.ts";
import { look } from "./practice-look.ts";
import { createPost, publishesPost, updatePost } from "./practice-posts.ts";
import { deletePost, getPost, listPosts, toPostPage } from "./practice-read.ts";
import { hostPage } from "./practice-replies.ts";
import { createCategory, createTag, listCategories, listTags } from "./practice-terms.ts";
import { currentUser, register, signedIn, siteIndex, unauthorized } from "./practice-users.ts";

const api = "/wp-json/wp/v2";

/** One site with many authors, as far as one who posts there can see it. */
export const practice: PracticePlatform = {
  platform: "wordpress",
  look,
  register,
  unauthorized,
  // WordPress itself counts no requests; the hosts in front of it do.
  rateLimited: (resetAt) =>
    hostPage(429, "Too Many Requests", resetAt ? { "retry-after": resetAt.toUTCString() } : {}),
  routes: [
    { method: "GET", path: "/wp-json", handle: siteIndex },
    route("GET", "/users/me", currentUser),
    { ...route("POST", "/posts", createPost), publishes: publishesPost },
    { ...route("POST", "/posts/:id", updatePost), publishes: publishesPost },
    route("GET", "/posts", listPosts),
    route("GET", "/posts/:id", getPost),
    route("DELETE", "/posts/:id", deletePost),
    route("POST", "/media", uploadMedia),
    route("POST", "/media/:id", updateMedia),
    route("GET", "/media", listMedia),
    route("GET", "/media/:id", getMedia),
    route("GET", "/categories", listCategories),
    route("POST", "/categories", createCategory),
    route("GET", "/tags", listTags),
    route("POST", "/tags", createTag),
    { ...route("POST", "/comments", createComment), publishes: () => true },
    route("GET", "/comments", listComments),
    route("GET", "/comments/:id", getComment),
    route("POST", "/comments/:id", updateComment),
    route("DELETE", "/comments/:id", deleteComment),
    { method: "GET", path: "/:year/:month/:day/:slug", handle: toPostPage },
  ],
};

function route(
  method: PracticeRoute["method"],
  path: string,
  handler: Parameters<typeof signedIn>[0],
): PracticeRoute {
  return { method, path: `${api}${path}`, handle: signedIn(handler) };
}
