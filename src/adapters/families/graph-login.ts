import type { HttpAnswer } from "../contract/adapter.ts";
import type { OAuthFlow, OAuthPlace, TokenSet } from "../contract/oauth.ts";
import { PublishError } from "../contract/publish-error.ts";
import { readJson, send } from "../contract/transport.ts";
import { unclear } from "./graph-api.ts";
import { classify, type GraphPlatform } from "./graph-errors.ts";
import type { Refusal } from "./graph-refusals.ts";

const wrongApp: Refusal = {
  kind: "forbidden",
  says: "does not accept the app this installation uses: its operator must check the client id and secret",
  code: "app_refused",
};
const wrongAddress: Refusal = {
  kind: "forbidden",
  says: "does not send people back to this address: the operator must register it with the app, exactly",
  code: "address_refused",
};

/**
 * What only token endpoints say. An app is told from a login by words alone: the codes beside them are 1, 100, 101, 190
 * or none. On no page of Meta's; known from production logs (checked 2026-11)
 */
const loginRefusals = {
  refusals: { 101: wrongApp, 36008: wrongAddress },
  named: {
    "Error validating client secret": wrongApp,
    "Error validating application": wrongApp,
    "Invalid platform app": wrongApp,
    "Invalid client_id": wrongApp,
    "Invalid Client ID": wrongApp,
    redirect_uri: wrongAddress,
  },
};

/** Why a token endpoint said no: our app, the login, or the weather. Never in the platform's own words. */
export async function refusedLogin(answer: HttpAnswer, platform: GraphPlatform): Promise<PublishError> {
  return duringLogin(await classify(answer, { ...platform, ...loginRefusals }), platform);
}

/** While somebody logs in nothing is tried again by itself, and nothing is wrong with a post. */
export function duringLogin({ kind, message, detail }: PublishError, platform: GraphPlatform): PublishError {
  switch (kind) {
    case "invalid":
      return new PublishError("unauthorized", over(platform), detail);
    case "rate_limited":
      return new PublishError(kind, `${platform.name} asks us to slow down: try again later`, detail);
    case "unavailable":
      return new PublishError(kind, `${platform.name} is having trouble: try again in a few minutes`, detail);
    default:
      return new PublishError(kind, message, detail);
  }
}

/**
 * One question to an endpoint that gives tokens. Meta documents GET alone, with everything in the address.
 * @param url below which the parameters are put
 * @throws PublishError
 */
export async function askForToken(
  place: OAuthPlace,
  platform: GraphPlatform,
  url: string,
  params: Readonly<Record<string, string>>,
): Promise<Pick<TokenSet, "accessToken" | "expiresAt">> {
  const asked = new URL(url);
  for (const [name, value] of Object.entries(params)) asked.searchParams.set(name, value);
  const answer = await send(place, platform.name, asked.href, { method: "GET" });
  if (!answer.ok) throw await refusedLogin(answer, platform);
  const given = await readJson<{ access_token?: unknown; expires_in?: unknown } | null>(
    answer,
    platform.name,
  );
  const { access_token: accessToken, expires_in: seconds } = given ?? {};
  if (typeof accessToken !== "string" || accessToken === "" || accessToken.length > 8192)
    throw unclear(platform);
  const lives = typeof seconds === "number" && seconds > 0 ? seconds * 1000 : longMs;
  return { accessToken, expiresAt: new Date(place.now().getTime() + lives) };
}

const dayMs = 86_400_000;
const longMs = 60 * dayMs;

/**
 * Instagram and Threads give a token for an hour, then one for 60 days that gives its own successor, once it is a day
 * old. https://developers.facebook.com/docs/threads/get-started/long-lived-tokens and
 * https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token (checked 2026-11)
 */
export function longLived(
  platform: GraphPlatform,
  prefix: "ig" | "th",
): Required<Pick<OAuthFlow, "lengthen" | "renew" | "refusal">> {
  return {
    refusal: (answer) => refusedLogin(answer, platform),
    async lengthen(token, app, place) {
      const fresh = await askForToken(place, platform, `${place.baseUrl.api}/access_token`, {
        grant_type: `${prefix}_exchange_token`,
        client_secret: app.clientSecret,
        access_token: token.accessToken,
      });
      return { ...token, ...fresh };
    },
    async renew(token, _app, place) {
      const { expiresAt } = token;
      const leftMs = expiresAt === null ? dayMs : expiresAt.getTime() - place.now().getTime();
      // Neither in its first day nor after its last will it be renewed: there is no use in asking.
      if (leftMs <= 0 || leftMs > longMs - dayMs) throw new PublishError("unauthorized", over(platform));
      const fresh = await askForToken(place, platform, `${place.baseUrl.api}/refresh_access_token`, {
        grant_type: `${prefix}_refresh_token`,
        access_token: token.accessToken,
      }).catch((error: unknown) => Promise.reject(notRenewed(error, platform)));
      return { ...token, ...fresh };
    },
  };
}

/** Only a code of its own says that a login is over; any other no must not stop an account whose token still works. */
function notRenewed(error: unknown, platform: GraphPlatform): unknown {
  const { kind, detail } = error as Partial<PublishError>;
  if (kind !== "unauthorized" || /^(190|102|104)\b/.test(detail?.code ?? "")) return error;
  return new PublishError(
    "forbidden",
    `${platform.name} did not renew this login: connect the account again before it ends`,
    detail,
  );
}

function over({ name }: GraphPlatform): string {
  return `${name} no longer accepts this login: connect the account again`;
}
