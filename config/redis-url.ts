/** Where the queue's Redis is: one server, a cluster's first nodes, or the sentinels that know the master. */
export interface RedisTarget {
  readonly kind: "single" | "cluster" | "sentinel";
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  /** The master's name; only with sentinels. */
  readonly master: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly database: number;
  readonly tls: boolean;
}

// The WHATWG parser knows no list of hosts.
const form = /^redis(s?)(?:\+(cluster|sentinel))?:\/\/(?:([^@/]*)@)?([^@/?#]+)(?:\/([^?#]*))?$/;
const hostForm = /^(\[[0-9a-fA-F:]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/;

/**
 * `redis://host:6379/0`, `rediss://…` (TLS), `redis+cluster://host:6379,host:6379`,
 * `redis+sentinel://host:26379,host:26379/mymaster/0`, each with `user:password@` if need be.
 * @returns undefined where the URL is none of these
 */
export function parseRedisUrl(url: string): RedisTarget | undefined {
  const [matched, tls, kind = "single", login = "", hosts = "", path = ""] = form.exec(url) ?? [];
  if (matched === undefined) return undefined;
  const isSentinel = kind === "sentinel";
  const nodes = hosts.split(",").map((host) => node(host, isSentinel ? 26_379 : 6379));
  const [master, database = "0"] = isSentinel ? path.split("/") : [null, path || "0"];
  const isComplete = isSentinel ? master !== "" : kind === "cluster" ? database === "0" : nodes.length === 1;
  if (!isComplete || !/^\d{1,4}$/.test(database) || !nodes.every((found) => found !== undefined))
    return undefined;
  return {
    kind: kind as RedisTarget["kind"],
    nodes,
    master: master ?? null,
    ...credentials(login),
    database: Number(database),
    tls: tls === "s",
  };
}

function node(text: string, defaultPort: number): { host: string; port: number } | undefined {
  const [matched, host = "", port] = hostForm.exec(text) ?? [];
  const number = Number(port ?? defaultPort);
  if (matched === undefined || number < 1 || number > 65_535) return undefined;
  return { host: host.replace(/^\[|\]$/g, ""), port: number };
}

function credentials(login: string): { username: string | null; password: string | null } {
  const colon = login.indexOf(":");
  const part = (text: string) => decoded(text) || null;
  if (colon === -1) return { username: part(login), password: null };
  return { username: part(login.slice(0, colon)), password: part(login.slice(colon + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare % in a password
  }
}
