/** The names under which this machine reaches itself. */
export const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The path of a request's target, still percent-encoded. */
export function pathOf(target = "/"): string {
  return target.split("?", 1)[0] ?? "/";
}

/** The query of a request's target; a target may be anything a client writes, so it is not parsed as a URL. */
export function queryOf(target = "/"): URLSearchParams {
  return new URLSearchParams(target.slice(pathOf(target).length));
}
