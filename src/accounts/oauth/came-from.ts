import type { Adapter, Hosts } from "../../adapters/contract/adapter.ts";
import { isOwnFlow } from "../../adapters/contract/oauth.ts";
import { isUrl } from "../../domain/is-url.ts";
import { signInHost } from "./client.ts";

/**
 * Whether a person was sent back from the server that a login was begun for: to the redirect address that this server
 * alone has, and by an issuer that is this server, where one is named. Else one server's code would be shown to another.
 * https://www.rfc-editor.org/rfc/rfc9700#section-4.4, https://www.rfc-editor.org/rfc/rfc9207 (checked 2026-11)
 * A flow of its own looks itself: its servers are found by the person's name, and each says who it is.
 */
export function cameFrom(
  { auth }: Adapter<never>,
  hosts: Hosts,
  redirectUri: string,
  returned: URLSearchParams,
): boolean {
  if (auth.oauth && isOwnFlow(auth.oauth)) return true;
  if (returned.get("server") !== new URL(redirectUri).searchParams.get("server")) return false;
  const issuer = returned.get("iss");
  // Some name an issuer with a path.
  return issuer === null || (isUrl(issuer) && new URL(issuer).origin === new URL(signInHost(hosts)).origin);
}
