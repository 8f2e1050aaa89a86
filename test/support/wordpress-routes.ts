import type { Fetch } from "../../src/adapters/contract/adapter.ts";

interface Index {
  readonly routes: Readonly<
    Record<string, { readonly endpoints: readonly { methods: string[]; args: Record<string, unknown> }[] }>
  >;
}

/** A client that writes down what is asked, and a way to hold it against what a site says it takes. */
export function routeWitness(site: string, fetching: Fetch) {
  const asked: { readonly url: URL; readonly method: string; readonly fields: readonly string[] }[] = [];
  const witnessed: Fetch = (url, init) => {
    const { method = "GET", body } = init;
    const fields = typeof body === "string" ? Object.keys(JSON.parse(body) as object) : [];
    asked.push({ url: new URL(url), method, fields });
    return fetching(url, init);
  };
  return {
    fetch: witnessed,
    /** Requests the site has no route for, and parameters it does not declare. */
    async strangers(): Promise<string[]> {
      const { routes } = (await (await fetch(`${site}/wp-json/`)).json()) as Index;
      return asked.flatMap(({ url, method, fields }) => {
        const path = url.pathname.replace("/wp-json", "").replace(/(?<=.)\/$/, "");
        const endpoint = Object.entries(routes)
          .filter(([route]) => new RegExp(`^${route.replace(/\(\?P</g, "(?<")}$`).test(path))
          .flatMap(([, { endpoints }]) => endpoints)
          .find(({ methods }) => methods.includes(method));
        if (!endpoint) return [`${method} ${path}`];
        return [...url.searchParams.keys(), ...fields]
          .filter((name) => !(name in endpoint.args || ["_fields", "_embed"].includes(name)))
          .map((name) => `${method} ${path}: ${name}`);
      });
    },
  };
}
