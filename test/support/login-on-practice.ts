import { type Party, tradeCode } from "../../src/accounts/oauth/client.ts";
import type { OAuthFlow, OAuthPlace, TokenSet } from "../../src/adapters/contract/oauth.ts";
import { practiceApp } from "../../src/domain/practice-app.ts";
import { createGuardedFetch } from "../../src/outbound/guarded-fetch.ts";
import type { PracticePlatform, PracticeRoute } from "../../src/practice/kit.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";
import type { AnyAdapter } from "../contract/world.ts";
import { type Asked, given } from "./graph-on-practice.ts";
import { tempFolder } from "./temp-folder.ts";

export type LoginOnPractice = Awaited<ReturnType<typeof loginOnPractice>>;

const redirectUri = (platform: string) => `http://clarion.example/oauth/${platform}/callback`;
const state = "a-state-of-our-own";

/** One platform's login on a practice network of its own, with a clock to move and a record of what it was asked. */
export async function loginOnPractice(adapter: object, practice: PracticePlatform) {
  const { platform, displayName, auth, hosts } = adapter as AnyAdapter;
  const folder = await tempFolder();
  const asked: Asked[] = [];
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const recorded = (route: PracticeRoute): PracticeRoute => ({
    ...route,
    async handle(request, network) {
      const reply = await route.handle(request, network);
      const { method, path } = request;
      asked.push({ method, route: route.path, path, given: given(request), files: [], reply });
      return reply;
    },
  });
  const { signIn } = practice;
  const network = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [
      {
        ...practice,
        routes: practice.routes.map(recorded),
        ...(signIn && {
          signIn: { ...signIn, routes: (app) => (signIn.routes?.(app) ?? []).map(recorded) },
        }),
      },
    ],
    app: { ...practiceApp, origin: "http://clarion.example" },
    now,
  });
  const base = `${network.url}/${platform}`;
  const outbound = createGuardedFetch({ allowedOrigins: [network.url], allowedPrivateHosts: [] });
  const place: OAuthPlace = {
    baseUrl: { api: base, web: base, ...(hosts.token && { token: base }) },
    fetch: outbound.call,
    now,
    signal: AbortSignal.timeout(120_000),
  };
  const party: Party = {
    platformName: displayName,
    flow: auth.oauth as OAuthFlow,
    scopes: auth.scopes,
    app: practiceApp,
    place,
    insecure: true,
  };
  return {
    party,
    place,
    base,
    asked,
    advance: (ms: number) => {
      aheadMs += ms;
    },
    allow,
    trade,
    logIn: async (handle: string, scopes?: readonly string[]) => trade(await allow(handle, scopes)),
    call: (accessToken: string) => ({
      ...place,
      credentials: { accessToken } as never,
      account: { externalId: "", handle: "" },
      media: { open: () => Promise.reject(new Error("No media here")), publicUrl: () => "" },
      firstMessage: () => Promise.reject(new Error("Nobody listens here")),
    }),
    async close() {
      await Promise.all([network.close(), outbound.close()]);
      await folder.remove();
    },
  };

  /** What the platform sends a person back with who said yes to these scopes. */
  async function allow(handle: string, scopes = auth.scopes): Promise<URLSearchParams> {
    const url = new URL(base + party.flow.authorize.path);
    const params = { response_type: "code", client_id: practiceApp.clientId, state };
    const all = { ...params, redirect_uri: redirectUri(platform), scope: scopes.join(",") };
    for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value);
    const body = new URLSearchParams({ handle, answer: "allow" });
    const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
    return new URL(answer.headers.get("location") ?? "").searchParams;
  }

  function trade(returned: URLSearchParams, changes: Partial<Party> = {}): Promise<TokenSet> {
    const asWeDid = { redirectUri: redirectUri(platform), state, verifier: "" };
    return tradeCode({ ...party, ...changes }, returned, asWeDid);
  }
}
