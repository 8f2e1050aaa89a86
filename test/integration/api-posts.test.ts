import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi();
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

interface Post {
  id: string;
  state: string;
  dueAt: string | null;
  zone: string | null;
  deliveries: {
    id: string;
    accountId: string;
    state: string;
    part: number;
    error: unknown;
    attempts: number;
  }[];
  warnings: { code: string; pointer: string; accountId: string }[];
  skipped: { code: string; accountId: string }[];
}

describe("a post is stored as its author meant it", () => {
  let x: string;
  let mastodon: string;
  beforeAll(async () => {
    x = await api.addAccount("x");
    mastodon = await api.addAccount("mastodon");
  });
  const create = (body: object) => api.call<Post>("POST", "/v1/posts", { body });

  it("with one delivery per account, each scheduled for its moment", async () => {
    const dueAt = inAnHour();
    const { status, headers, body } = await create({ text: "Clean water", accounts: [x, mastodon], dueAt });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(`/v1/posts/${body.id}`);
    expect(body).toMatchObject({ state: "scheduled", dueAt, zone: null, warnings: [], skipped: [] });
    expect(body.deliveries.map(({ accountId, state }) => ({ accountId, state }))).toEqual([
      { accountId: x, state: "scheduled" },
      { accountId: mastodon, state: "scheduled" },
    ]);
    const { warnings, skipped, ...stored } = body;
    const read = await api.call<Post>("GET", `/v1/posts/${body.id}`);
    const byAccount = (post: { deliveries: Post["deliveries"] }) => ({
      ...post,
      deliveries: post.deliveries.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    });
    expect(byAccount(read.body)).toEqual(byAccount(stored));
  });

  it("rows that the engine finds, with the moment of their next check", async () => {
    const { body } = await create({
      text: "Rows",
      accounts: [x],
      dueAt: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const [row] = await api.sql<Record<string, unknown>>(
      `select d.state, d.fence, d.max_lateness_ms, d.payload_hash = v.payload_hash as hashed, v.content,
         extract(epoch from d.due_at - d.next_check_at)::int as ahead
       from deliveries d join variants v on v.id = d.variant_id where d.post_id = $1`,
      [body.id],
    );
    expect(row).toEqual({
      state: "scheduled",
      fence: 0,
      max_lateness_ms: 1_800_000,
      hashed: true,
      content: { role: "post", text: "Rows", link: null, media: [], options: {} },
      ahead: 300,
    });
    const events = await api.sql("select type from delivery_events where post_id = $1 order by type", [
      body.id,
    ]);
    expect(events).toEqual([{ type: "delivery.scheduled" }, { type: "post.created" }]);
  });

  it("with uploads to be made before the moment, where there are any", async () => {
    const dueAt = new Date(Date.now() + 86_400_000).toISOString();
    const media = [{ id: await api.addMedia() }];
    const preparesAhead = async (body: object) => {
      const { id } = (await create({ text: "Ahead", accounts: [x], dueAt, ...body })).body;
      const rows = await api.sql<{ ahead: number | null }>(
        "select extract(epoch from due_at - prepare_at)::int as ahead from deliveries where post_id = $1 order by part",
        [id],
      );
      return rows.map(({ ahead }) => ahead);
    };
    expect(await preparesAhead({})).toEqual([null]);
    expect(await preparesAhead({ media })).toEqual([300]);
    expect(await preparesAhead({ thread: [{ text: "Two", media }, { text: "Three" }] })).toEqual([
      null,
      300,
      null,
    ]);
  });

  it("as a draft without deliveries where no time is given", async () => {
    const { body } = await create({ text: "Later", accounts: [x] });
    expect(body).toMatchObject({ state: "draft", dueAt: null, deliveries: [] });
  });

  it("by wall time and zone, which are kept beside the instant", async () => {
    const year = new Date().getUTCFullYear() + 1;
    const dueAt = { local: `${year}-01-15T09:00`, zone: "Asia/Baku" };
    const { body } = await create({ text: "Baku", accounts: [x], dueAt });
    expect(body).toMatchObject({
      dueAt: `${year}-01-15T05:00:00.000Z`,
      zone: "Asia/Baku",
      local: dueAt.local,
    });
  });

  it("at once for `now`", async () => {
    const { body } = await create({ text: "Now", accounts: [x], dueAt: "now" });
    const [row] = await api.sql(
      "select due_at <= clock_timestamp() as due from deliveries where post_id = $1",
      [body.id],
    );
    expect(row).toEqual({ due: true });
  });

  it("with the variant of an account over that of its platform over the post", async () => {
    const other = await api.addAccount("mastodon");
    const { body } = await create({
      text: "All",
      accounts: [x, mastodon, other],
      dueAt: inAnHour(),
      variants: {
        mastodon: { text: "Fediverse", options: { visibility: "unlisted" } },
        [other]: { text: "Other" },
      },
    });
    const rows = await api.sql(
      `select d.account_id as account, v.content->>'text' as text, v.content->'options' as options
       from deliveries d join variants v on v.id = d.variant_id where d.post_id = $1`,
      [body.id],
    );
    expect(new Set(rows)).toEqual(
      new Set([
        { account: x, text: "All", options: {} },
        { account: mastodon, text: "Fediverse", options: { visibility: "unlisted" } },
        { account: other, text: "Other", options: { visibility: "unlisted" } },
      ]),
    );
  });

  it("as a chain, where each part waits for the one before it", async () => {
    const { body } = await create({
      text: "One",
      accounts: [x],
      thread: [{ text: "Two" }, { text: "Three" }],
      dueAt: inAnHour(),
    });
    const rows = await api.sql<{
      id: string;
      part: number;
      after: string;
      waits: string;
      role: string;
      late: boolean;
    }>(
      `select d.id, d.part, d.after_id as after, d.waits_for as waits, v.content->>'role' as role,
         d.next_check_at > d.due_at as late
       from deliveries d join variants v on v.id = d.variant_id where d.post_id = $1 order by d.part`,
      [body.id],
    );
    const ids = rows.map((row) => row.id);
    expect(rows).toEqual([
      { id: ids[0], part: 0, after: null, waits: null, role: "post", late: false },
      { id: ids[1], part: 1, after: ids[0], waits: ids[0], role: "reply", late: true },
      { id: ids[2], part: 2, after: ids[1], waits: ids[1], role: "reply", late: true },
    ]);
  });

  it("without parts that a platform has no place for, and says so", async () => {
    const facebook = await api.addAccount("facebook");
    const { status, body } = await create({
      text: "One",
      accounts: [facebook, x],
      thread: [{ text: "Two" }],
      firstComment: "First!",
      dueAt: inAnHour(),
    });
    expect(status).toBe(201);
    expect(body.warnings).toMatchObject([
      { code: "thread_left_out", accountId: facebook, pointer: "/thread" },
    ]);
    const parts = await api.sql(
      `select d.account_id as account, d.part, v.content->>'role' as role from deliveries d
       join variants v on v.id = d.variant_id where d.post_id = $1`,
      [body.id],
    );
    expect(new Set(parts)).toEqual(
      new Set([
        { account: facebook, part: 0, role: "post" },
        { account: facebook, part: 1, role: "comment" },
        { account: x, part: 0, role: "post" },
        { account: x, part: 1, role: "reply" },
        { account: x, part: 2, role: "comment" },
      ]),
    );
  });

  it("held at once where a person has stopped the account, and says so", async () => {
    const paused = await api.addAccount("x", { state: "paused" });
    const { body } = await create({ text: "Quiet", accounts: [paused], dueAt: inAnHour() });
    expect(body.warnings).toMatchObject([{ code: "account_paused", accountId: paused }]);
    expect(body.deliveries).toMatchObject([{ state: "held", error: { code: "account_paused" } }]);
  });

  it("for the accounts that can take it, with onIssue skip", async () => {
    const instagram = await api.addAccount("instagram");
    const { status, body } = await create({
      text: "No picture",
      accounts: [instagram, x],
      variants: { [instagram]: { text: "For Instagram" } },
      dueAt: inAnHour(),
      onIssue: "skip",
    });
    expect(status).toBe(201);
    expect(body.skipped).toMatchObject([{ code: "media_required", accountId: instagram }]);
    expect(body.deliveries.map((delivery) => delivery.accountId)).toEqual([x]);
    const patch = await api.call("PATCH", `/v1/posts/${body.id}`, {
      body: { text: "Still none" },
      headers: { "if-match": "*" },
    });
    expect(patch.status).toBe(200);
  });

  it("with its files, and words of its own for them", async () => {
    const [well, bare] = [await api.addMedia(), await api.addMedia({ altText: "" })];
    const { status, body } = await create({
      text: "Pictures",
      accounts: [x],
      media: [{ id: well }, { id: bare, altText: "A pump" }],
      dueAt: inAnHour(),
    });
    expect([status, body]).toMatchObject([201, {}]);
    const [row] = await api.sql(
      "select jsonb_path_query_array(v.content, '$.media[*].altText') as alts from variants v where post_id = $1",
      [body.id],
    );
    expect(row).toEqual({ alts: ["A well", "A pump"] });
    const used = await api.sql("select media_id from post_media where post_id = $1 order by position", [
      body.id,
    ]);
    expect(used).toEqual([{ media_id: well }, { media_id: bare }]);
  });
});
