import type { PracticePlatform } from "../../practice/kit.ts";
import { type GraphRoute, graphRoute, registerAccount } from "../families/practice-graph.ts";
import { rateLimited, unauthorized } from "../families/practice-graph-errors.ts";
import { containerRoutes } from "./practice-containers.ts";
import { listRoutes } from "./practice-lists.ts";
import { look } from "./practice-look.ts";
import { nodeRoutes } from "./practice-nodes.ts";
import { phone } from "./practice-phone.ts";
import { publishRoutes } from "./practice-publish.ts";
import { signIn } from "./practice-sign-in.ts";
import { postByCode } from "./practice-state.ts";

const graph = (route: GraphRoute) => graphRoute("threads", route);

/** The Threads API, as far as the adapter uses it. */
export const practice: PracticePlatform = {
  platform: "threads",
  look,
  register: (network, handle) => registerAccount(network, handle, "userId"),
  unauthorized,
  signIn,
  phone,
  rateLimited: (resetAt) => rateLimited("threads", resetAt),
  routes: [
    ...containerRoutes.map(graph),
    ...publishRoutes.map(graph),
    ...listRoutes.map(graph),
    ...nodeRoutes.map(graph),
    {
      method: "GET",
      path: "/@:handle/post/:code",
      handle: ({ params: { code = "" } }, network) => ({
        status: 302,
        headers: { location: `${network.baseUrl}/posts/${postByCode(network).get(code) ?? code}` },
      }),
    },
  ],
};
