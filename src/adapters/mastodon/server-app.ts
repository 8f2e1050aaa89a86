import type { HttpAnswer } from "../contract/adapter.ts";
import type { AppCredentials, OAuthPlace } from "../contract/oauth.ts";
import { PublishError } from "../contract/publish-error.ts";
import { send } from "../contract/transport.ts";
import { scopes } from "./scopes.ts";

const maxLength = 2000; // of what a stranger's server may make us keep

/** Makes us known to a server. https://docs.joinmastodon.org/methods/apps/#create (checked 2026-11) */
export async function registerApp(redirectUri: string, place: OAuthPlace): Promise<AppCredentials> {
  const answer = await post(place, "/api/v1/apps", {
    client_name: "Clarion",
    redirect_uris: redirectUri,
    scopes: scopes.join(" "),
  });
  if (!answer.ok) throw refusal(answer.status, hostOf(place));
  const { client_id: clientId, client_secret: clientSecret } = await jsonOf(answer);
  if (!isSecret(clientId) || !isSecret(clientSecret)) throw noMastodon(hostOf(place));
  return { clientId, clientSecret };
}

/**
 * Mastodon forgets an app after a day through which nobody logged in, and other software after a while. Asking also
 * makes it remember. https://docs.joinmastodon.org/methods/oauth/#token (checked 2026-11)
 */
export async function knowsApp(
  { clientId, clientSecret }: AppCredentials,
  place: OAuthPlace,
): Promise<boolean> {
  const answer = await post(place, "/oauth/token", {
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    scope: scopes.join(" "),
  });
  if (answer.status >= 500) throw refusal(answer.status, hostOf(place));
  return answer.ok || (await jsonOf(answer)).error !== "invalid_client";
}

function post(place: OAuthPlace, path: string, form: Record<string, string>): Promise<HttpAnswer> {
  return send(place, hostOf(place), `${place.baseUrl.api}${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
  });
}

function hostOf({ baseUrl }: OAuthPlace): string {
  return new URL(baseUrl.api).host;
}

async function jsonOf(answer: HttpAnswer): Promise<Readonly<Record<string, unknown>>> {
  const json = await answer.json().catch(() => null);
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}

function isSecret(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= maxLength;
}

function refusal(status: number, host: string): PublishError {
  if (status >= 500) return new PublishError("unavailable", `${host} is having trouble`, { status });
  if (status === 429)
    // five apps in ten minutes for each address
    return new PublishError("rate_limited", `${host} asks us to slow down. Try again in ten minutes`, {
      status,
    });
  if (status >= 300 && status < 400)
    return new PublishError(
      "invalid",
      `${host} sends us on to another address. Name the one its pages have`,
      {
        status,
        code: "moved",
      },
    );
  if (status === 401 || status === 403 || status === 422)
    return new PublishError(
      "forbidden",
      `${host} does not let apps make themselves known. Make an access token in your settings there, under Development, and link the account with it`,
      { status, code: "registration_refused" },
    );
  return noMastodon(host);
}

function noMastodon(host: string): PublishError {
  return new PublishError("invalid", `${host} does not answer as a Mastodon server does. Check the address`, {
    code: "not_mastodon",
  });
}
