import type { Adapter, Hosts } from "../src/adapters/contract/adapter.ts";
import type { Platform } from "../src/domain/platform.ts";
import type { BaseUrls, Settings } from "./env.ts";

type HostsOf = (platform: Platform, mode: "live" | "practice", baseUrl: string | null) => Hosts;
type PlatformSettings = Pick<Settings, "practiceUrl" | "practiceApiUrl" | "baseUrls">;

/** Where each account's platform answers. Practice accounts never leave the practice network. */
export function hostsOf(
  settings: PlatformSettings,
  adapters: Readonly<Record<Platform, Pick<Adapter, "hosts">>>,
): HostsOf {
  const { practiceUrl, practiceApiUrl } = settings;
  return (platform, mode, baseUrl) => {
    if (mode === "practice")
      return { ...everythingAt(`${practiceApiUrl}/${platform}`), web: `${practiceUrl}/${platform}` };
    if (baseUrl !== null) return everythingAt(baseUrl);
    return overridden(adapters[platform].hosts, settings.baseUrls[platform] ?? {});
  };
}

/** What the operator pointed us at, and so vouches for, private address or not. */
export function operatorOrigins({ practiceApiUrl, baseUrls }: PlatformSettings): string[] {
  const overrides = Object.values(baseUrls).flatMap(({ api, upload }) => [api, upload]);
  return [practiceApiUrl, ...overrides.filter((url) => url !== undefined)];
}

/** Uploads follow an API that was pointed elsewhere: a proxy must not be gone around, nor a test go out. */
function overridden(hosts: Hosts, urls: BaseUrls): Hosts {
  const upload = urls.upload ?? (hosts.upload && (urls.api ?? hosts.upload));
  return { api: urls.api ?? hosts.api, web: hosts.web, ...(upload === undefined ? {} : { upload }) };
}

function everythingAt(url: string): Hosts {
  return { api: url, web: url, upload: url };
}
