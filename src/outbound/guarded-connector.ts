import { type LookupAddress, type LookupOptions, lookup as systemLookup } from "node:dns";
import { isIP } from "node:net";
import { buildConnector } from "undici";
import { isPublicAddress } from "./addresses.ts";
import { wakeParserAtTheEnd } from "./wake-parser.ts";

export interface ConnectorOptions {
  readonly isAllowed: (host: string, port: number) => boolean;
  readonly ports: readonly number[];
  readonly connectTimeoutMs: number;
  /** The system's, unless a test brings its own. */
  readonly resolve?: Resolve;
}

export type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** We do not connect there: the address is not public, or the port is unusual, and no operator vouched for it. */
class AddressRefused extends Error {
  override readonly name = "AddressRefused";
  readonly code = "CLARION_ADDRESS_REFUSED";

  constructor(host: string) {
    super(`Connections to ${host} are refused`);
  }
}

/**
 * Connects to public addresses on the given ports, and to what the operator allowed. The address is checked
 * before connecting, literal or resolved, and once more on the socket.
 */
export function guardedConnector({
  isAllowed,
  ports,
  connectTimeoutMs: timeout,
  resolve = systemLookup,
}: ConnectorOptions): buildConnector.connector {
  const open = buildConnector({ timeout });
  const guarded = buildConnector({ timeout, lookup: publicLookup(resolve) });
  return (target, done) => {
    const callback: typeof done = (...outcome) => {
      if (outcome[1]) wakeParserAtTheEnd(outcome[1]);
      done(...outcome);
    };
    const host = target.hostname.replace(/^\[|\]$/g, "");
    const port = Number(target.port || (target.protocol === "https:" ? 443 : 80));
    if (isAllowed(host, port)) return open(target, callback);
    const refuse = () => callback(new AddressRefused(host), null);
    if (!ports.includes(port) || (isIP(host) !== 0 && !isPublicAddress(host))) return queueMicrotask(refuse);
    guarded(target, (...outcome) => {
      const [error, socket] = outcome;
      if (error || isPublicAddress(socket.remoteAddress ?? "")) return callback(...outcome);
      socket.destroy();
      refuse();
    });
  };
}

/** A look-up that fails as soon as one of a name's addresses is not public. Never asked about literal addresses. */
function publicLookup(resolve: Resolve) {
  return (
    hostname: string,
    options: LookupOptions,
    callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error(`${hostname} has no address`), []);
      if (!addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new AddressRefused(hostname), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
