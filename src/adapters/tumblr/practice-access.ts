import type {
  PracticeCollection,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { limitHeaders, notFound, problem, tooMany, unauthorized } from "./practice-replies.ts";
import { msUntilNextDay } from "./rate-limit.ts";

export interface PracticeBlog {
  /** `t:` and 22 letters. */
  readonly uuid: string;
  readonly name: string;
  readonly title: string;
  readonly userId: string;
}

export const blogsOf = (network: PracticeNetwork): PracticeCollection<PracticeBlog> =>
  network.collection("blogs");
export const tokensOf = (network: PracticeNetwork): PracticeCollection<{ readonly userId: string }> =>
  network.collection("tokens");

/** Of one app, and all of the practice network is one. https://www.tumblr.com/docs/en/api/v2#rate-limits (checked 2026-11) */
export const appLimits = { perhour: 1000, perday: 5000 } as const;
const hourMs = 60 * 60_000;

type Handle = (
  userId: string,
  request: PracticeRequest,
  network: PracticeNetwork,
) => PracticeReply | Promise<PracticeReply>;

/** Looks at the client's name and the token, counts the request, and says in every answer how many are left. */
export function guarded(handle: Handle): PracticeRoute["handle"] {
  return async (request, network) => {
    if (!request.headers["user-agent"])
      return problem(403, 0, "A User-Agent header is required. Please identify your application.");
    const userId = userOf(request, network);
    if (userId === undefined) return unauthorized();
    const { headers, isExceeded } = count(network);
    if (isExceeded) return tooMany(headers);
    const reply = await handle(userId, request, network);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };
}

type BlogHandle = (
  blog: PracticeBlog,
  request: PracticeRequest,
  network: PracticeNetwork,
) => PracticeReply | Promise<PracticeReply>;

/** For what anyone may read of a blog. */
export function ofBlog(handle: BlogHandle): PracticeRoute["handle"] {
  return guarded((_userId, request, network) => {
    const blog = blogFor(request.params.blog ?? "", network);
    return blog ? handle(blog, request, network) : notFound("blog");
  });
}

/** For what only its members may do. */
export function ofOwnBlog(handle: BlogHandle): PracticeRoute["handle"] {
  return guarded((userId, request, network) => {
    const blog = blogFor(request.params.blog ?? "", network);
    if (!blog) return notFound("blog");
    return blog.userId === userId ? handle(blog, request, network) : problem(403, 0, "You can't do that.");
  });
}

/** Name, host name and id are interchangeable. https://www.tumblr.com/docs/en/api/v2#blog-identifiers (checked 2026-11) */
function blogFor(id: string, network: PracticeNetwork): PracticeBlog | undefined {
  const name = id.replace(/\.tumblr\.com$/, "");
  const blogs = blogsOf(network);
  return blogs.get(id) ?? blogs.list().find(([, blog]) => blog.name === name)?.[1];
}

/** OAuth 2 tokens come in the header only. */
function userOf({ headers, token }: PracticeRequest, network: PracticeNetwork): string | undefined {
  if (token === undefined || !headers.authorization?.startsWith("Bearer ")) return undefined;
  return tokensOf(network).get(token)?.userId;
}

interface Window {
  readonly endsAtMs: number;
  readonly used: number;
}

function count(network: PracticeNetwork): { headers: Record<string, string>; isExceeded: boolean } {
  const now = network.now();
  const hour = use("perhour", hourMs, network);
  const day = use("perday", msUntilNextDay(now), network);
  const left = (window: "perhour" | "perday", { used, endsAtMs }: Window) =>
    limitHeaders(window, appLimits[window], appLimits[window] - used, endsAtMs - now.getTime());
  return {
    headers: { ...left("perhour", hour), ...left("perday", day) },
    isExceeded: hour.used > appLimits.perhour || day.used > appLimits.perday,
  };
}

function use(name: string, lengthMs: number, network: PracticeNetwork): Window {
  const windows = network.collection<Window>("windows");
  const nowMs = network.now().getTime();
  const current = windows.get(name);
  const open = current && current.endsAtMs > nowMs ? current : { endsAtMs: nowMs + lengthMs, used: 0 };
  const used = { ...open, used: open.used + 1 };
  windows.put(name, used);
  return used;
}
