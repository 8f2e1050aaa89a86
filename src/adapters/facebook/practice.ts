import type { PracticePlatform } from "../../practice/kit.ts";
import { type GraphRoute, graphRoute, registerAccount } from "../families/practice-graph.ts";
import { rateLimited, unauthorized } from "../families/practice-graph-errors.ts";
import { commentRoutes } from "./practice-comments.ts";
import { look } from "./practice-look.ts";
import { photoRoute, videoRoute } from "./practice-media.ts";
import { nodeRoutes, readNode } from "./practice-nodes.ts";
import { personRoutes } from "./practice-people.ts";
import { phone } from "./practice-phone.ts";
import { postRoutes } from "./practice-posts.ts";
import { publishedRoutes } from "./practice-published.ts";
import { signIn } from "./practice-sign-in.ts";

const graph = (route: GraphRoute) => graphRoute("pages", route);

/** The Graph API's page edges, as far as the adapter uses them. */
export const practice: PracticePlatform = {
  platform: "facebook",
  look,
  register: (network, handle) => registerAccount(network, handle, "pageId"),
  unauthorized,
  signIn,
  phone,
  rateLimited: (resetAt) => rateLimited("pages", resetAt),
  routes: [
    ...personRoutes(graph(readNode)),
    ...[photoRoute, videoRoute].map(graph),
    ...commentRoutes.map(graph),
    ...publishedRoutes.map(graph),
    ...postRoutes.map(graph),
    ...nodeRoutes.map(graph),
    {
      method: "GET",
      path: "/:page/posts/:post",
      handle: ({ params: { page, post } }, { baseUrl }) => to(`${baseUrl}/posts/${page}_${post}`),
    },
    {
      method: "GET",
      path: "/:page/videos/:video",
      handle: ({ params: { video } }, { baseUrl }) => to(`${baseUrl}/posts/${video}`),
    },
  ],
};

function to(location: string) {
  return { status: 302, headers: { location } };
}
