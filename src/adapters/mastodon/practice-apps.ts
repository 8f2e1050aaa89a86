import { randomBytes } from "node:crypto";
import { isUrl } from "../../domain/is-url.ts";
import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { logins } from "../../practice/sign-in-store.ts";
import { problem } from "./practice-replies.ts";

/** An app that made itself known to this server. */
interface App {
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly createdAt: string;
  /** It asked for a token of its own. */
  readonly isUsed: boolean;
}

// As far as they are about posting: https://docs.joinmastodon.org/api/oauth-scopes/ (checked 2026-11)
export const allScopes = [
  ...["read", "read:accounts", "read:statuses", "profile"],
  ...["write", "write:accounts", "write:media", "write:statuses", "follow", "push"],
];
/** https://github.com/mastodon/mastodon/blob/main/app/lib/vacuum/applications_vacuum.rb (checked 2026-11) */
const unusedLifeMs = 24 * 60 * 60_000;

const appsOf = (network: PracticeNetwork) => network.collection<App>("apps");
const random = () => randomBytes(32).toString("base64url");

// https://docs.joinmastodon.org/methods/apps/#create (checked 2026-11)
export function createApp({ fields, json }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const given = (typeof json === "object" && json !== null ? json : fields) as Record<string, unknown>;
  const words = (name: string) =>
    String(given[name] ?? "")
      .split(/\s+/)
      .filter(Boolean);
  const [redirectUris, scopes] = [words("redirect_uris"), words("scopes")];
  const name = String(given.client_name ?? "").trim();
  if (name === "") return problem(422, "Validation failed: Application name can't be blank");
  if (name.length > 60)
    return problem(422, "Validation failed: Application name is too long (maximum is 60 characters)");
  if (redirectUris.length === 0) return problem(422, "Validation failed: Redirect URI can't be blank");
  if (!redirectUris.every((uri) => isUrl(uri)))
    return problem(422, "Validation failed: Redirect URI must be an absolute URI.");
  if (!scopes.every((scope) => allScopes.includes(scope)))
    return problem(422, "Validation failed: Scopes doesn't match configured on the server.");
  const [clientId, clientSecret] = [random(), random()];
  const granted = scopes.length > 0 ? scopes : ["read"];
  const createdAt = network.now().toISOString();
  appsOf(network).put(clientId, { clientSecret, redirectUris, scopes: granted, createdAt, isUsed: false });
  return {
    status: 200,
    body: {
      id: String(appsOf(network).list().length),
      name,
      website: null,
      scopes: granted,
      redirect_uris: redirectUris,
      redirect_uri: redirectUris.join("\n"),
      client_id: clientId,
      client_secret: clientSecret,
      client_secret_expires_at: 0,
    },
  };
}

/** An app nobody logged in through is forgotten after a day. */
export function appOf(network: PracticeNetwork, clientId: string): App | undefined {
  const app = appsOf(network).get(clientId);
  if (!app || app.isUsed || network.now().getTime() - Date.parse(app.createdAt) < unusedLifeMs) return app;
  return logins(network)
    .list()
    .some(([, login]) => login.clientId === clientId)
    ? app
    : undefined;
}

/** A token for the app itself: nobody's account opens with it. */
export function appToken(
  network: PracticeNetwork,
  clientId: string,
  clientSecret: string,
): string | undefined {
  const app = appOf(network, clientId);
  if (app?.clientSecret !== clientSecret) return undefined;
  appsOf(network).put(clientId, { ...app, isUsed: true });
  return random();
}
