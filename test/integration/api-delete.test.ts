import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { callFor } from "../../src/accounts/call.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { findPublished } from "../../src/db/take-down.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

const sql = async (text: string, values: unknown[]) => (await api.world.db.pool.query(text, values)).rows;

async function link(platform: string): Promise<string> {
  return (await api.call("POST", "/v1/accounts", { platform, mode: "practice", handle: "wateraid" })).json.id;
}

async function plan(accounts: readonly string[], more: object = {}): Promise<string> {
  const body = { text: "Water", accounts, dueAt: new Date(Date.now() + 60_000).toISOString(), ...more };
  return (await api.call("POST", "/v1/posts", body)).json.id;
}

const setState = (postId: string, state: string) =>
  sql(
    `update deliveries set state = $2, external_id = case when $2 = 'published' then 'there-' || id end,
       published_at = case when $2 = 'published' then now() end,
       next_check_at = case when $2 = 'published' then null else now() + interval '1 hour' end where post_id = $1`,
    [postId, state],
  );

/** Puts the post's deliveries on practice X as the engine would. */
async function publishOnX(postId: string): Promise<void> {
  await setState(postId, "published");
  for (const { id, account } of await findPublished(api.world.db, api.workspaceId, postId)) {
    const { grantId, grantVersion } = account as { grantId: string; grantVersion: string };
    const call = await callFor(api.world, { ...account, grantId, grantVersion }, AbortSignal.timeout(10_000));
    const variant = { role: "post", text: `Water ${id}`, link: null, media: [], options: {} } as const;
    const answer = await adapters.x.publish(variant, { ...call, deliveryKey: id, commit: (send) => send() });
    await sql("update deliveries set external_id = $2 where id = $1", [
      id,
      answer.state === "published" ? answer.externalId : null,
    ]);
  }
}

describe("deleting a post", () => {
  it.each(["a draft", "a planned post"])("%s is gone, and nothing of it goes out", async (what) => {
    const id = await plan([await link("x")], what === "a draft" ? { dueAt: null } : {});
    expect(await api.call("DELETE", `/v1/posts/${id}`)).toMatchObject({
      status: 200,
      json: { id, gone: true, deliveries: [] },
    });
    expect((await api.call("GET", `/v1/posts/${id}`)).status).toBe(404);
    expect((await api.call("DELETE", `/v1/posts/${id}`)).status).toBe(404);
    const open = await sql("select from deliveries where post_id = $1 and state <> 'canceled'", [id]);
    expect(open).toEqual([]);
  });

  it("takes down what is public, and marks it so", async () => {
    const id = await plan([await link("x")]);
    await publishOnX(id);
    expect(api.practice.posts("x")).toHaveLength(1);
    expect((await api.call("DELETE", `/v1/posts/${id}`)).json).toMatchObject({
      gone: true,
      deliveries: [{ platform: "x", deleted: true, reason: null }],
    });
    expect(api.practice.posts("x")).toHaveLength(0);
    expect(await sql("select state from deliveries where post_id = $1", [id])).toEqual([
      { state: "deleted" },
    ]);
    expect((await api.call("GET", `/v1/posts/${id}`)).status).toBe(404);
  });

  it("says what it could not take down, and keeps the post for that", async () => {
    const [x, instagram] = [await link("x"), await link("instagram")];
    const id = await plan([x]);
    await publishOnX(id);
    // The same post on a platform that lets nobody delete.
    await sql(
      `insert into deliveries (id, workspace_id, post_id, account_id, platform, variant_id, payload_hash, due_at, max_lateness_ms,
         state, published_at, external_id)
       select 'dlv_' || repeat('1', 26), workspace_id, post_id, $2, 'instagram', variant_id, payload_hash, due_at, 1, 'published', now(), 'ig1'
       from deliveries where post_id = $1`,
      [id, instagram],
    );
    const { json } = await api.call("DELETE", `/v1/posts/${id}`);
    expect(json).toMatchObject({ gone: false });
    expect(json.deliveries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ platform: "x", deleted: true }),
        expect.objectContaining({
          platform: "instagram",
          deleted: false,
          reason: expect.stringMatching(/by hand/),
        }),
      ]),
    );
    expect((await api.call("GET", `/v1/posts/${id}`)).json.state).toBe("published");
  });

  it("twice is not an error there: it goes on where it broke off", async () => {
    const id = await plan([await link("x")]);
    await publishOnX(id);
    await api.call("DELETE", `/v1/posts/${id}`);
    await sql("update posts set deleted_at = null where id = $1", [id]);
    await sql("update deliveries set state = 'published' where post_id = $1", [id]);
    expect((await api.call("DELETE", `/v1/posts/${id}`)).json).toMatchObject({ gone: true });
  });

  it.each(["sending", "processing", "uncertain", "needs_decision"])(
    "is refused while it may be becoming public: %s",
    async (state) => {
      const id = await plan([await link("x")]);
      await setState(id, state);
      expect(await api.call("DELETE", `/v1/posts/${id}`)).toMatchObject({
        status: 409,
        json: { code: "already_sending" },
      });
      expect((await api.call("GET", `/v1/posts/${id}`)).status).toBe(200);
    },
  );
});
