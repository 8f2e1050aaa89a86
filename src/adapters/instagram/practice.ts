import type { PracticePlatform } from "../../practice/kit.ts";
import { type GraphRoute, graphRoute, registerAccount } from "../families/practice-graph.ts";
import { rateLimited, unauthorized } from "../families/practice-graph-errors.ts";
import { commentRoutes } from "./practice-comments.ts";
import { containerRoutes } from "./practice-containers.ts";
import { look } from "./practice-look.ts";
import { nodeRoutes } from "./practice-nodes.ts";
import { phone } from "./practice-phone.ts";
import { publishRoutes } from "./practice-publish.ts";
import { signIn } from "./practice-sign-in.ts";
import { mediaByCode } from "./practice-state.ts";

const graph = (route: GraphRoute) => graphRoute("instagram", route);

/** The Instagram API with Instagram Login, as far as the adapter uses it. */
export const practice: PracticePlatform = {
  platform: "instagram",
  look,
  register: (network, handle) => registerAccount(network, handle, "userId"),
  unauthorized,
  signIn,
  phone,
  rateLimited: (resetAt) => rateLimited("instagram", resetAt),
  routes: [
    ...containerRoutes.map(graph),
    ...publishRoutes.map(graph),
    ...commentRoutes.map(graph),
    ...nodeRoutes.map(graph),
    {
      method: "GET",
      path: "/p/:code",
      handle: ({ params: { code = "" } }, network) =>
        to(`${network.baseUrl}/posts/${mediaByCode(network).get(code) ?? code}`),
    },
    {
      method: "GET",
      path: "/reel/:code",
      handle: ({ params: { code = "" } }, network) =>
        to(`${network.baseUrl}/posts/${mediaByCode(network).get(code) ?? code}`),
    },
    {
      // Profiles end in a slash; the timelines they lead to do not.
      method: "GET",
      path: "/:handle/",
      handle: ({ params: { handle = "" } }, { baseUrl }) =>
        to(`${baseUrl}/@${encodeURIComponent(handle.replace(/^@/, ""))}`),
    },
  ],
};

function to(location: string) {
  return { status: 302, headers: { location } };
}
