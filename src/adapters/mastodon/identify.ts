import type { Call, Identity } from "../contract/adapter.ts";
import { type CredentialAccount, type MastodonCredentials, request, requestEntity } from "./api.ts";

/** Who the token speaks for, with the server's own name in the handle. */
export async function identify(call: Call<MastodonCredentials>): Promise<Identity> {
  const me = await requestEntity<CredentialAccount>(call, "/v1/accounts/verify_credentials");
  return {
    externalId: me.id,
    handle: `${me.username}@${await domain(call)}`,
    name: me.display_name || me.username,
  };
}

/** Servers older than 4.0 have no v2, and then the address is nearly always the domain. */
async function domain(call: Call<MastodonCredentials>): Promise<string> {
  const fallback = new URL(call.baseUrl.web).host;
  try {
    const instance = (await (await request(call, "/v2/instance")).json()) as { domain?: unknown };
    return typeof instance.domain === "string" && instance.domain !== "" ? instance.domain : fallback;
  } catch {
    return fallback;
  }
}
