interface Place {
  readonly path: string;
  /** Absent: any. */
  readonly method?: string;
}

export interface RouteMatch<R extends Place> {
  readonly route: R;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the first route for a method and path. A named part may stand inside a segment: `/@:handle/:id`. */
export function router<R extends Place>(
  routes: readonly R[],
): (method: string, path: string) => RouteMatch<R> | undefined {
  const compiled = routes.map((route) => ({ route, pattern: compile(route.path) }));
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      const match = (route.method ?? method) === method ? pattern.exec(path) : null;
      const params = match && decoded(match.groups ?? {});
      if (params) return { route, params };
    }
    return undefined;
  };
}

function compile(path: string): RegExp {
  const source = path
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/:([a-zA-Z]\w*)/g, (_whole, name: string) => `(?<${name}>[^/]+)`);
  return new RegExp(`^${source}/?$`);
}

/** Undefined where a part is not well-formed percent-encoding. */
function decoded(groups: Record<string, string>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
  } catch {
    return undefined;
  }
}
