import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticePlatform, PracticeReply, PracticeRoute } from "../../practice/kit.ts";
import {
  appLimits,
  blogsOf,
  guarded,
  ofBlog,
  ofOwnBlog,
  type PracticeBlog,
  tokensOf,
} from "./practice-access.ts";
import { createPost, textOf } from "./practice-create.ts";
import { editPost, readPost } from "./practice-edit.ts";
import { look } from "./practice-look.ts";
import { phone } from "./practice-phone.ts";
import { deletePost, readNotes, readPosts, readUser } from "./practice-read.ts";
import { limitHeaders, tooMany, unauthorized } from "./practice-replies.ts";
import { signIn } from "./practice-sign-in.ts";

const maxNameLength = 32;

const routes: readonly PracticeRoute[] = [
  { method: "GET", path: "/v2/user/info", handle: guarded(readUser) },
  {
    method: "POST",
    path: "/v2/blog/:blog/posts",
    publishes: () => true,
    async handle(request, network) {
      const reply = await ofOwnBlog(createPost)(request, network);
      if (reply.status !== 201) network.refuse(textOf(request), reasonOf(reply));
      return reply;
    },
  },
  { method: "GET", path: "/v2/blog/:blog/posts", handle: ofBlog(readPosts) },
  { method: "GET", path: "/v2/blog/:blog/posts/:id", handle: ofOwnBlog(readPost) },
  { method: "PUT", path: "/v2/blog/:blog/posts/:id", handle: ofOwnBlog(editPost) },
  { method: "GET", path: "/v2/blog/:blog/notes", handle: ofBlog(readNotes) },
  { method: "POST", path: "/v2/blog/:blog/post/delete", handle: ofOwnBlog(deletePost) },
  {
    method: "GET",
    path: "/:blog/:id",
    handle: ({ params }, { baseUrl }) => ({
      status: 302,
      headers: { location: `${baseUrl}/posts/${encodeURIComponent(params.id ?? "")}` },
    }),
  },
];

/** Tumblr's API v2 as far as the adapter uses it. */
export const practice: PracticePlatform = {
  platform: "tumblr",
  look,
  register,
  signIn,
  phone,
  routes,
  unauthorized,
  rateLimited: (resetAt, now) =>
    tooMany(
      resetAt === null
        ? {}
        : limitHeaders("perhour", appLimits.perhour, 0, resetAt.getTime() - now.getTime()),
    ),
};

/** A user with one blog, which is the primary one. */
function register(network: PracticeNetwork, handle: string) {
  const name = nameFrom(handle);
  const blogs = blogsOf(network);
  const known = blogs.list().find(([, blog]) => blog.name === name)?.[1];
  const blog: PracticeBlog = known ?? {
    uuid: `t:${randomBytes(16).toString("base64url")}`,
    name,
    title: titleFrom(name),
    userId: randomBytes(8).toString("hex"),
  };
  if (!known) blogs.put(blog.uuid, blog);
  const accessToken = randomBytes(32).toString("base64url");
  tokensOf(network).put(accessToken, { userId: blog.userId });
  return { externalId: blog.uuid, handle: name, name: blog.title, credentials: { accessToken } };
}

/** Letters, digits and hyphens are all a blog's name may have. */
function nameFrom(handle: string): string {
  const plain = handle.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, maxNameLength).replace(/^-+|-+$/g, "") || "someone";
}

/** `water-for-all` → `Water For All` */
function titleFrom(name: string): string {
  return name
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}

function reasonOf({ status, body }: PracticeReply): string {
  const { errors } = (body ?? {}) as { errors?: readonly { code: number; detail: string }[] };
  return `${status}.${errors?.[0]?.code}: ${errors?.[0]?.detail ?? "refused"}`;
}
