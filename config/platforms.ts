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
      ...(usual.stream !== undefined && { stream: usual.stream }),
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
  const follows = (named: string | undefined, usual: string | undefined) =>
    named ?? (usual && (urls.api ?? usual));
  const others = {
    upload: follows(urls.upload, hosts.upload),
    token: follows(urls.oauth, hosts.token),
    directory: urls.directory ?? hosts.directory,
    hub: follows(urls.hub, hosts.hub),
    stream: follows(urls.stream, hosts.stream),
  };
  const set = Object.entries(others).filter(([, url]) => url !== undefined);
  return { ...hosts, api: urls.api ?? hosts.api, ...Object.fromEntries(set) };
}

function everythingAt(url: string): Hosts {
  return { api: url, web: url, upload: url, signIn: url, token: url };
}
