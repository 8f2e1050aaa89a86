import type { AppCredentials } from "../../adapters/contract/oauth.ts";
import type { ConnectionRow } from "../../db/connections.ts";
import type { Sealed, Vault } from "../vault.ts";

/** What a login that has begun must find again when its person comes back. */
export interface BegunLogin {
  /** The app it began with: another may be set meanwhile. */
  readonly app: AppCredentials;
  readonly state: string;
  /** Of PKCE. */
  readonly verifier: string;
}

export function sealBegun(vault: Vault, id: string, { app, state, verifier }: BegunLogin): Sealed {
  const { clientId, clientSecret, scopes } = app;
  return vault.seal(`connections/${id}`, {
    clientId,
    clientSecret,
    ...(scopes && { scopes: JSON.stringify(scopes) }),
    state,
    verifier,
  });
}

/** @throws VaultError */
export function openBegun(vault: Vault, connection: ConnectionRow): BegunLogin {
  const secrets = vault.open(`connections/${connection.id}`, connection);
  const { clientId = "", clientSecret = "", scopes, state = "", verifier = "" } = secrets;
  const given = scopes === undefined ? {} : { scopes: JSON.parse(scopes) as string[] };
  return { app: { clientId, clientSecret, ...given }, state, verifier };
}
