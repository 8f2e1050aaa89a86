import { expect } from "@jest/globals";
import { callFor } from "../../src/accounts/call.ts";
import type { Credentials } from "../../src/accounts/credentials.ts";
import { bluesky } from "../../src/adapters/bluesky/index.ts";
import type { Call } from "../../src/adapters/contract/adapter.ts";
import { type ComposedApi, startComposedApi } from "./composed-api.ts";
import { allow, connect, openBrowser } from "./login.ts";

const platform = "bluesky";

export type BlueskyInstallation = Awaited<ReturnType<typeof blueskyInstallation>>;

/** An installation, and what a test does with it; `publicUrl` is where its people think it is. */
export async function blueskyInstallation(publicUrl?: string) {
  const api: ComposedApi = await startComposedApi(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl });
  const here = (url: string) => (publicUrl === undefined ? url : url.replace(publicUrl, api.url));
  const viewOf = async (id: string) => (await api.call("GET", `/v1/accounts/connections/${id}`)).json;
  const begin = async (handle: string, more: object = {}) => {
    const browser = openBrowser();
    const { id, authorizeUrl } = await connect(api, { platform, ...more });
    return { browser, id, callback: here(await allow(browser, here(authorizeUrl), handle)) };
  };
  return {
    api,
    viewOf,
    begin,
    async link(handle: string, more: object = {}): Promise<string> {
      const { browser, id, callback } = await begin(handle, more);
      await browser.go(callback);
      const { step, reason, accountIds } = await viewOf(id);
      expect([step, reason]).toEqual(["connected", null]);
      return (accountIds as string[])[0] ?? "";
    },
    async grantOf(accountId: string) {
      const { rows } = await api.world.db.pool.query<{
        grantId: string;
        version: string;
        externalId: string;
      }>(
        `select g.id as "grantId", g.version, a.external_id as "externalId" from grants g
         join accounts a on a.grant_id = g.id where a.id = $1`,
        [accountId],
      );
      const found = rows[0]!;
      const credentials = await api.world.credentialsOf(api.workspaceId, found.grantId, found.version);
      return { ...found, workspaceId: api.workspaceId, credentials };
    },
    async putCredentials(grantId: string, credentials: Credentials, version: string): Promise<void> {
      const { keyId, wrappedKey, sealed } = api.world.vault.seal(`grants/${grantId}`, credentials);
      await api.world.db.pool.query(
        "update grants set key_id = $2, wrapped_key = $3, sealed = $4, version = $5 where id = $1",
        [grantId, keyId, wrappedKey, sealed, version],
      );
    },
    async identify(accountId: string) {
      const { grantId, version, externalId } = await this.grantOf(accountId);
      const account = { workspaceId: api.workspaceId, platform, mode: "practice", baseUrl: null } as const;
      const target = { ...account, externalId, handle: "", grantId, grantVersion: version };
      const call = await callFor(api.world, target, AbortSignal.timeout(10_000));
      return bluesky.auth.identify(call as Call<never>);
    },
  };
}
