import { isUrl } from "../../domain/is-url.ts";
import type { Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type Blog, readBlogs, type TumblrCall, unreadable } from "./api.ts";

/** Which blog is posted to: the one that was named, or the login's primary one. Its id stays when its name changes. */
export async function identify(call: TumblrCall): Promise<Identity> {
  const blogs = await readBlogs(call);
  const wanted = call.credentials.blog?.trim() ?? "";
  const blog = wanted === "" ? (blogs.find(({ primary }) => primary) ?? blogs[0]) : named(wanted, blogs);
  if (!blog) throw noSuchBlog(wanted);
  const { uuid, name, title } = blog;
  if (typeof uuid !== "string" || typeof name !== "string") throw unreadable();
  return { externalId: uuid, handle: name, name: title || name };
}

/** By name, host name, address or id. https://www.tumblr.com/docs/en/api/v2#blog-identifiers (checked 2026-11) */
function named(wanted: string, blogs: readonly Blog[]): Blog | undefined {
  const [host = "", path = ""] = wanted.replace(/^https?:\/\//i, "").split("/");
  const id = /^(www\.)?tumblr\.com$/i.test(host) ? path : host;
  const name = id.replace(/^@/, "").toLowerCase();
  return blogs.find(
    (blog) =>
      blog.uuid === id ||
      [blog.name, `${blog.name}.tumblr.com`, hostOf(blog.url)].some((known) => known.toLowerCase() === name),
  );
}

function hostOf(url = ""): string {
  return isUrl(url) ? new URL(url).host : "";
}

function noSuchBlog(wanted: string): PublishError {
  return wanted === ""
    ? new PublishError("forbidden", "This Tumblr login has no blog to post to", { code: "no_blog" })
    : new PublishError(
        "forbidden",
        `This Tumblr login may not post to a blog called ${wanted}: check the name, or log in as one of its members`,
        { code: "other_blog" },
      );
}
