import { z } from "zod";
import { type Platform, platforms } from "../src/domain/platform.ts";
import { type Secret, secret } from "./secret.ts";
import { commaList, matching, origin } from "./values.ts";

/** Where a live platform answers, if not where it usually does; origins. */
export interface BaseUrls {
  readonly api?: string | undefined;
  readonly upload?: string | undefined;
  /** Where logins are traded for tokens. */
  readonly oauth?: string | undefined;
  /** Where it is written down which server an account is at. */
  readonly directory?: string | undefined;
  /** Who tells of new posts. */
  readonly hub?: string | undefined;
  /** Where accounts can be heard of. */
  readonly stream?: string | undefined;
}

export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  /** All that the platform gave it; absent: the least. */
  readonly scopes?: readonly string[];
}

// Meta calls its interfaces a Graph.
const graphs: ReadonlySet<string> = new Set(["facebook", "instagram", "threads"]);

// Where one app is given more than another.
const withScopes: readonly Platform[] = ["linkedin"];
const scopeList = commaList(/^[\w.:/-]+$/, "must be a list like r_basicprofile,w_member_social");

/** Every variable of every platform. */
export const platformVariables = z.object(
  Object.fromEntries([
    ...platforms.flatMap((platform) => [
      ...Object.values(urlNames(platform)).map((name) => [name, origin()] as const),
      ...appNames(platform).map((name) => [name, matching(/^\S{1,2000}$/, "must have no blanks")] as const),
    ]),
    ...withScopes.map((platform) => [scopesName(platform), scopeList] as const),
  ]),
);

type Values = z.output<typeof platformVariables>;

export function baseUrlsFrom(values: Values): Readonly<Partial<Record<Platform, BaseUrls>>> {
  return Object.fromEntries(
    platforms.map((platform) => {
      const named = Object.entries(urlNames(platform)).map(([use, name]) => [use, values[name]] as const);
      return [platform, Object.fromEntries(named)];
    }),
  );
}

/** @returns the apps, and a sentence for each that is not whole */
export function appsFrom(values: Values): {
  readonly apps: Readonly<Partial<Record<Platform, Secret<App>>>>;
  readonly problems: readonly string[];
} {
  const apps: [Platform, Secret<App>][] = [];
  const problems: string[] = [];
  for (const platform of platforms) {
    const names = appNames(platform);
    const [clientId, clientSecret] = names.map((name) => values[name] as string | undefined);
    const scopes = values[scopesName(platform)] as readonly string[] | undefined;
    if (clientId !== undefined && clientSecret !== undefined)
      apps.push([platform, secret({ clientId, clientSecret, ...(scopes && { scopes }) })]);
    else if (clientId !== undefined || clientSecret !== undefined)
      problems.push(`${names.join(" and ")} belong together: set both, or neither.`);
    else if (scopes) problems.push(`${scopesName(platform)} says what an app has: set ${names[0]} too.`);
  }
  return { apps: Object.fromEntries(apps), problems };
}

function urlNames(platform: Platform): Partial<Record<keyof BaseUrls, string>> {
  const prefix = platform.toUpperCase();
  return {
    api: `${prefix}_${graphs.has(platform) ? "GRAPH" : "API"}_URL`,
    upload: `${prefix}_UPLOAD_URL`,
    oauth: `${prefix}_OAUTH_URL`,
    ...(platform === "bluesky" && {
      directory: `${prefix}_DIRECTORY_URL`,
      stream: `${prefix}_STREAM_URL`,
    }),
    ...(platform === "youtube" && { hub: `${prefix}_HUB_URL` }),
  };
}

function scopesName(platform: Platform): string {
  return `${platform.toUpperCase()}_SCOPES`;
}

function appNames(platform: Platform): [id: string, secret: string] {
  const prefix = platform.toUpperCase();
  return [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`];
}
