import { z } from "zod";
import type { Adapter } from "../../adapters/contract/adapter.ts";
import type { AppCredentials, LinkableIdentity, TokenSet } from "../../adapters/contract/oauth.ts";
import { identify, nobodyListens, noMedia } from "../identify.ts";
import type { OAuthWorld } from "./find-app.ts";
import { type LoginPlace, oauthPlace } from "./party-of.ts";

const most = 200;

// What a platform says of itself is shown to people and kept: it is checked like any other stranger's input.
const identity = z.object({
  externalId: z.string().min(1).max(255),
  handle: z.string().min(1).max(255),
  name: z.string().max(255).catch(""),
  credentials: z.record(z.string(), z.string()).optional(),
});

/**
 * Everyone a login may post as.
 * @throws Refusal or PublishError as `identify` and the adapter say
 */
export async function identitiesOf(
  world: OAuthWorld,
  adapter: Adapter<never>,
  at: LoginPlace,
  token: TokenSet,
  app: AppCredentials,
): Promise<LinkableIdentity[]> {
  const credentials = { accessToken: token.accessToken, ...token.extra };
  const list = adapter.auth.oauth?.identities;
  const hosts = world.hostsOf(at.platform, at.mode, at.baseUrl);
  if (!list) return [await identify(world, adapter, hosts, credentials)];
  const call = {
    ...oauthPlace(world, at),
    credentials: credentials as never,
    account: { externalId: "", handle: "" },
    media: noMedia,
    firstMessage: nobodyListens,
  };
  const found = await list(call, { scopes: token.scopes, app });
  return z
    .array(identity)
    .parse(found.slice(0, most))
    .map(({ credentials: own, ...one }) => ({
      ...one,
      name: one.name || one.handle,
      ...(own && { credentials: own }),
    }));
}
