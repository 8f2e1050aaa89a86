import { isIP } from "node:net";
import type { Adapter } from "../adapters/contract/adapter.ts";
import { Refusal } from "../domain/refusal.ts";
import { isPublicAddress } from "../outbound/addresses.ts";
import { serverAddress } from "./base-url.ts";

const pointer = "/instance";

/**
 * The server that a person wants to log in at, who may name it as people do: `mastodon.example`. Stricter than
 * `serverAddress`, for this is typed by hand, and becomes an address that people are sent to.
 * @throws Refusal `invalid_request`
 */
export function instanceAddress(
  adapter: Pick<Adapter<never>, "platform" | "auth">,
  instance: string | undefined,
): string | null {
  const { server } = adapter.auth;
  if (instance === undefined || !server) return serverAddress(adapter, instance, pointer);
  const given = instance.trim();
  const named = /^[^\s/:@?#]+(:\d{1,5})?\/?$/.test(given) ? `https://${given}` : given;
  const address = serverAddress(adapter, named, pointer);
  const { hostname, pathname, search, hash } = new URL(named);
  if (!server.path && pathname !== "/") throw refused("must be the server alone, without a path");
  if (search !== "" || hash !== "") throw refused("must end with the server's name");
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && isPublicAddress(host)) throw refused("must be the server's name, not its number");
  return address;
}

function refused(message: string): Refusal {
  const text = `${message}: https://mastodon.example`;
  return new Refusal("invalid_request", `${pointer}: ${text}`, {
    issues: [{ pointer, code: "invalid_value", message: text }],
  });
}
