import type { Adapter, Hosts } from "../src/adapters/contract/adapter.ts";
import type { AppCredentials } from "../src/adapters/contract/oauth.ts";
import type { Platform } from "../src/domain/platform.ts";
import { practiceApp } from "../src/domain/practice-app.ts";
import type { Settings } from "./env.ts";
import type { BaseUrls } from "./platform-env.ts";

type HostsOf = (platform: Platform, mode: "live" | "practice", baseUrl: string | null) => Hosts;
type PlatformSettings = Pick<Settings, "practiceUrl" | "practiceApiUrl" | "baseUrls">;

/** As far as an adapter says where its platform is. */
type Place = Pick<Adapter, "hosts"> & { readonly auth: Pick<Adapter["auth"], "server"> };

/** Where each account's platform answers. Practice accounts never leave the practice network. */
export function hostsOf(settings: PlatformSettings, adapters: Readonly<Record<Platform, Place>>): HostsOf {
  const { practiceUrl, practiceApiUrl } = settings;
  return (platform, mode, baseUrl) => {
    const { hosts, auth } = adapters[platform];
    if (mode === "practice") {
      const [people, corner] = [`${practiceUrl}/${platform}`, `${practiceApiUrl}/${platform}`];
      const directory = hosts.directory && corner;
      return { ...everythingAt(corner), web: people, signIn: people, ...(directory && { directory }) };
    }
    const usual = overridden(hosts, settings.baseUrls[platform] ?? {});
    if (baseUrl === null) return usual;
    return {
      ...everythingAt(baseUrl),
      ...(auth.server?.pages === "platform" && { web: hosts.web }),
      ...(usual.directory !== undefined && { directory: usual.directory }),
    };
  };
}

/** The app through which a platform's accounts log in, if the operator set one; the practice network knows ours. */
export function appOf({
  apps,
}: Pick<Settings, "apps">): (platform: Platform, mode: "live" | "practice") => AppCredentials | undefined {
  return (platform, mode) => (mode === "practice" ? practiceApp : apps[platform]?.reveal());
}

/** What the operator pointed us at, and so vouches for, private address or not. */
export function operatorOrigins({ practiceApiUrl, baseUrls }: PlatformSettings): string[] {
  const overrides = Object.values(baseUrls).flatMap((urls) => Object.values(urls));
  return [practiceApiUrl, ...overrides.filter((url) => url !== undefined)];
}

/** What belongs to an API that was pointed elsewhere follows it: a proxy must not be gone around, nor a test go out. */
function overridden(hosts: Hosts, urls: BaseUrls): Hosts {
  const upload = urls.upload ?? (hosts.upload && (urls.api ?? hosts.upload));
  const directory = urls.directory ?? hosts.directory;
  const hub = urls.hub ?? (hosts.hub && (urls.api ?? hosts.hub));
  const token = urls.oauth ?? (hosts.token && (urls.api ?? hosts.token));
  return {
    ...hosts,
    api: urls.api ?? hosts.api,
    ...(upload !== undefined && { upload }),
    ...(token !== undefined && { token }),
    ...(directory !== undefined && { directory }),
    ...(hub !== undefined && { hub }),
  };
}

function everythingAt(url: string): Hosts {
  return { api: url, web: url, upload: url, signIn: url, token: url };
}
