import { isIP } from "node:net";
import type { Adapter } from "../adapters/contract/adapter.ts";
import { isUrl } from "../domain/is-url.ts";
import { Refusal } from "../domain/refusal.ts";
import { isPublicAddress } from "../outbound/addresses.ts";

/** Names no public server can have: https cannot be expected there. RFC 6761, RFC 8375, RFC 9476 and ICANN's `internal`. */
const privateName = /^[^.]+$|\.(localhost|local|lan|internal|home\.arpa|test|alt)$/;

/**
 * The address of the server an account is at, without a slash at its end; null where the platform is one server, or
 * the account is at the usual one.
 * @throws Refusal `invalid_request`
 */
export function serverAddress(
  { platform, auth: { server } }: Pick<Adapter<never>, "platform" | "auth">,
  baseUrl: string | undefined,
  pointer = "/baseUrl",
): string | null {
  const refusal = (code: string, message: string) =>
    new Refusal("invalid_request", `${pointer}: ${message}`, { issues: [{ pointer, code, message }] });
  if (baseUrl === undefined) {
    if (server?.required)
      throw refusal("field_missing", "is needed: the address of the server the account is at");
    return null;
  }
  if (!server) throw refusal("unknown_field", `is not a field for ${platform}`);
  const url = isUrl(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw refusal("invalid_value", "must be an address like https://mastodon.example");
  if (url.protocol === "http:" && !isPrivate(url.hostname))
    throw refusal("invalid_value", "must begin with https://: a token must not travel in the open");
  return server.path ? `${url.origin}${url.pathname.replace(/\/+$/, "")}` : url.origin;
}

/** Whether we may go there at all is the outbound guard's to say. */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, "");
  return isIP(host) === 0 ? privateName.test(host) : !isPublicAddress(host);
}
