import { describe, expect, it } from "@jest/globals";
import { hostsOf, operatorOrigins } from "./platforms.ts";

const at = (name: string) => ({ hosts: { api: `https://api.${name}`, web: `https://${name}` }, auth: {} });
const facebook = { auth: {}, hosts: { ...at("facebook").hosts, upload: "https://upload.facebook" } };
const instagram = { auth: {}, hosts: { ...at("instagram").hosts, token: "https://token.instagram" } };
const adapters = {
  x: at("x"),
  facebook,
  instagram,
  mastodon: at("mastodon"),
  youtube: { auth: {}, hosts: { ...at("youtube").hosts, hub: "https://hub" } },
  bluesky: {
    auth: {},
    hosts: { ...at("bluesky").hosts, directory: "https://directory", stream: "https://stream" },
  },
} as unknown as Parameters<typeof hostsOf>[1];
const practiceUrl = "http://127.0.0.1:3001";

describe("where an account's platform answers", () => {
  it("a practice account never leaves the practice network, whatever else is set", () => {
    const hosts = hostsOf(
      { practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { x: { api: "https://proxy.example" } } },
      adapters,
    );
    const corner = "http://127.0.0.1:3001/x";
    expect(hosts("x", "practice", null)).toEqual({
      api: corner,
      web: corner,
      upload: corner,
      signIn: corner,
      token: corner,
    });
    expect(hosts("x", "practice", "https://elsewhere.example").api).toBe(corner);
  });

  it("a live account goes to the platform, or where the operator points", () => {
    const inside = hostsOf({ practiceUrl, practiceApiUrl: "http://api:3001", baseUrls: {} }, adapters);
    expect(inside("x", "practice", null)).toMatchObject({
      api: "http://api:3001/x",
      web: `${practiceUrl}/x`,
    });
    const plain = hostsOf({ practiceUrl, practiceApiUrl: practiceUrl, baseUrls: {} }, adapters);
    expect(plain("facebook", "live", null)).toEqual(facebook.hosts);
    expect(plain("x", "live", null)).toEqual(adapters.x.hosts);
    const proxied = hostsOf(
      { practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { x: { api: "https://proxy.example" } } },
      adapters,
    );
    expect(proxied("x", "live", null)).toEqual({ api: "https://proxy.example", web: "https://x" });
  });

  it("a hub follows an API that was pointed elsewhere, and practice accounts have none", () => {
    const hosts = (baseUrls: object) =>
      hostsOf({ practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { youtube: baseUrls } }, adapters);
    const [api, hub] = ["http://127.0.0.1:9", "http://127.0.0.1:10"];
    expect(hosts({})("youtube", "live", null).hub).toBe("https://hub");
    expect(hosts({ api })("youtube", "live", null).hub).toBe(api);
    expect(hosts({ api, hub })("youtube", "live", null).hub).toBe(hub);
    expect(hosts({ hub })("youtube", "practice", null)).not.toHaveProperty("hub");
  });

  it("a place where accounts are heard of follows an API that was pointed elsewhere, and knows those at servers of their own", () => {
    const hosts = (baseUrls: object) =>
      hostsOf({ practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { bluesky: baseUrls } }, adapters);
    const [api, stream] = ["http://127.0.0.1:9", "http://127.0.0.1:10"];
    expect(hosts({})("bluesky", "live", null).stream).toBe("https://stream");
    expect(hosts({})("bluesky", "live", "https://pds.example").stream).toBe("https://stream");
    expect(hosts({ api })("bluesky", "live", null).stream).toBe(api);
    expect(hosts({ api, stream })("bluesky", "live", "https://pds.example").stream).toBe(stream);
    expect(hosts({ stream })("bluesky", "practice", null)).not.toHaveProperty("stream");
  });

  it("uploads follow an API that was pointed elsewhere, unless they were pointed too", () => {
    const [api, upload] = ["http://127.0.0.1:9", "http://127.0.0.1:10"];
    const both = hostsOf(
      { practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { facebook: { api, upload } } },
      adapters,
    );
    expect(both("facebook", "live", null)).toMatchObject({ api, upload });
    const one = hostsOf(
      { practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { facebook: { api } } },
      adapters,
    );
    expect(one("facebook", "live", null)).toMatchObject({ api, upload: api });
  });

  it("and so does the host that trades logins for tokens", () => {
    const [api, oauth] = ["http://127.0.0.1:9", "http://127.0.0.1:10"];
    const at = (urls: { api?: string; oauth?: string }) =>
      hostsOf(
        { practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { instagram: urls, facebook: urls } },
        adapters,
      );
    expect(at({ api })("instagram", "live", null)).toMatchObject({ api, token: api });
    expect(at({ api, oauth })("instagram", "live", null)).toMatchObject({ api, token: oauth });
    expect(at({ oauth })("facebook", "live", null)).toMatchObject({ api: facebook.hosts.api, token: oauth });
  });

  it("an account on an instance of its own goes there alone", () => {
    const own = "https://social.example";
    expect(
      hostsOf({ practiceUrl, practiceApiUrl: practiceUrl, baseUrls: {} }, adapters)("mastodon", "live", own),
    ).toEqual({
      api: own,
      web: own,
      upload: own,
      signIn: own,
      token: own,
    });
  });

  it("the directory that says where accounts are is one for all servers, and the practice network's own there", () => {
    const hosts = hostsOf({ practiceUrl, practiceApiUrl: practiceUrl, baseUrls: {} }, adapters);
    expect(hosts("bluesky", "live", "https://pds.example").directory).toBe("https://directory");
    expect(hosts("bluesky", "practice", null).directory).toBe(`${practiceUrl}/bluesky`);
    const directory = "http://127.0.0.1:9";
    const moved = { practiceUrl, practiceApiUrl: practiceUrl, baseUrls: { bluesky: { directory } } };
    expect(hostsOf(moved, adapters)("bluesky", "live", null).directory).toBe(directory);
    expect(operatorOrigins(moved)).toContain(directory);
  });

  it("the operator vouches for what the operator set, and nothing else", () => {
    const baseUrls = { x: { api: "http://10.0.0.1" }, facebook: { upload: "http://10.0.0.2" } };
    expect(operatorOrigins({ practiceUrl, practiceApiUrl: practiceUrl, baseUrls })).toEqual([
      practiceUrl,
      "http://10.0.0.1",
      "http://10.0.0.2",
    ]);
  });
});
