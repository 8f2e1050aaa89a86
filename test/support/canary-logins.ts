import { renewLogin } from "../../src/accounts/oauth/renew-login.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { takePreflights } from "../../src/db/preflight.ts";
import { platforms } from "../../src/domain/platform.ts";
import { preflight } from "../../src/publishing/preflight.ts";
import type { Cast } from "./canary-life.ts";
import { type Interference, wrongly } from "./wire-tap.ts";

/** At each platform with a login: said yes to, said no to, and gone wrong in every way on its way back. */
export async function logIn({ stage, life }: Cast, wrongly: readonly Interference[]): Promise<void> {
  const withLogin = platforms.filter((platform) => adapters[platform].auth.oauth);
  for (const platform of withLogin) {
    const body = { platform, mode: "practice" };
    for (const how of wrongly) {
      const { callback, cookie } = await life.upToCallback(body);
      await stage.interfering(/token|oauth|accounts|users|me\b/, how, () => life.open(callback, cookie));
    }
    const denied = await life.upToCallback(body, "deny");
    await life.open(denied.callback, denied.cookie);
    const { id, callback, cookie } = await life.upToCallback(body);
    await life.open(callback, "clarion_login=another");
    await life.open(callback, cookie);
    await life.open(callback, cookie); // a second time
    const view = await life.call("GET", `/v1/accounts/connections/${id}`);
    if (view.json.step !== "choosing") continue;
    await stage.learnSealed();
    await life.open(`${stage.origin}/oauth/choose`, cookie);
    const offered = view.json.offered as readonly { externalId: string }[];
    const accounts = offered.map(({ externalId }) => externalId);
    await life.call("POST", `/v1/accounts/connections/${id}`, { accounts });
  }
  for (const platform of platforms) await life.link(platform, "by_token");
  await stage.learnSealed();
}

/** The operator's own app, at a live platform that repeats all it is told, before and after it has given tokens. */
export async function logInAtOneThatSaysEverythingBack({ stage, life }: Cast): Promise<void> {
  const tokens = { access_token: stage.newSecret("live"), refresh_token: stage.newSecret("refresh") };
  const live = async (answer: (path: string) => Interference) => {
    const { callback, cookie } = await life.upToCallback({ platform: "x", mode: "live" });
    const { redirect_uri: back = "", state = "" } = Object.fromEntries(new URL(callback).searchParams);
    const code = stage.newSecret("code");
    stage.tap.interfere = (path) => (path.startsWith("/2/") ? answer(path) : undefined);
    return life.open(`${back}?${new URLSearchParams({ state, code })}`, cookie);
  };
  const json = (body: object) => ({ status: 200, body: JSON.stringify(body) });
  const given = json({ ...tokens, token_type: "bearer", expires_in: 7200, scope: "tweet.write" });
  for (const how of wrongly) await live(() => how);
  for (const how of wrongly) await live((path) => (path.includes("/token") ? given : how));
  const me = json({ data: { id: "77", username: "canary", name: "Canary" } });
  const page = await live((path) => (path.includes("/token") ? given : me));
  if (!page.text.includes("X is connected")) throw new Error(page.text);
}

export async function bringApps({ stage, life }: Cast): Promise<void> {
  const clientSecret = stage.newSecret("own app");
  await life.call("PUT", "/v1/apps/reddit", { clientId: "ours", clientSecret });
  await life.call("PUT", "/v1/apps/reddit", { clientId: "ours", clientSecret, more: clientSecret });
  await life.call("PUT", "/v1/apps/mastodon", { clientId: "ours", clientSecret });
  await life.call("PUT", "/v1/apps/reddit", { clientId: { clientSecret } });
}

/** Values that live at the platform. */
export async function chooseOptions({ stage, life }: Cast): Promise<void> {
  for (const platform of platforms) {
    const [account = ""] = await stage.accountsOn(platform);
    const lists = adapters[platform].capabilities.options.filter(({ choices }) => choices);
    for (const { name } of lists)
      for (const how of [undefined, ...wrongly])
        await stage.interfering(/./, how, () =>
          life.call("GET", `/v1/accounts/${account}/choices/${name}?subreddit=Clarion`),
        );
  }
}

/** Each login is renewed, after every way in which that can go wrong; and each is tried before its posts. */
export async function renewLogins({ stage }: Cast): Promise<void> {
  const { world } = stage.app;
  const { rows } = await world.db.pool.query<{ grantId: string; workspaceId: string; version: string }>(
    `select id as "grantId", workspace_id as "workspaceId", version from grants`,
  );
  for (const seen of rows)
    for (const how of [...wrongly, undefined])
      await stage.interfering(/./, how, () => renewLogin(world, seen).catch(() => undefined));
  for (const how of [{ echo: 401 }, undefined]) {
    await world.db.pool.query("update grants set checked_at = null");
    const times = { aheadMs: 3_600_000, everyMs: 3_600_000, endsMs: 1e12, limit: 1000 };
    const targets = await takePreflights(world.db, { platforms: [...platforms], ...times });
    await stage.interfering(/./, how, async () => {
      for (const target of targets) await preflight(world, target).catch(() => undefined);
    });
  }
  await stage.learnSealed();
}
