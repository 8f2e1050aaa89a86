import { beforeAll, describe, expect, it } from "@jest/globals";
import { openDatabase } from "../../src/db/database.ts";
import { claim } from "../../src/db/hot/claim.ts";
import { intend } from "../../src/db/hot/intend.ts";
import { useApi } from "../support/api.ts";

const api = useApi();
let x: string;
let mastodon: string;
beforeAll(async () => {
  x = await api.addAccount("x");
  mastodon = await api.addAccount("mastodon");
});

interface Post {
  id: string;
  state: string;
  text: string;
  revision: number;
  dueAt: string | null;
  code?: string;
  deliveries: { id: string; accountId: string; part: number; state: string; dueAt: string }[];
}

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const create = async (more: object = {}) =>
  (
    await api.call<Post>("POST", "/v1/posts", {
      body: { text: "Water", accounts: [x], dueAt: inMs(3_600_000), ...more },
    })
  ).body;
const patch = (id: string, body: object, ifMatch: string | null = "*") =>
  api.call<Post>("PATCH", `/v1/posts/${id}`, {
    body,
    headers: ifMatch === null ? {} : { "if-match": ifMatch },
  });
const rowsOf = (postId: string) =>
  api.sql<{
    id: string;
    account: string;
    part: number;
    state: string;
    fence: number;
    text: string;
    attempts: number;
  }>(
    `select d.id, d.account_id as account, d.part, d.state, d.fence, d.attempts, v.content->>'text' as text
     from deliveries d join variants v on v.id = d.variant_id where d.post_id = $1 order by d.account_id, d.part`,
    [postId],
  );
describe("an edit is made on what its author has seen", () => {
  it("with the ETag; the new one comes with the answer", async () => {
    const { id } = await create();
    const read = await api.call("GET", `/v1/posts/${id}`);
    const etag = read.headers.get("etag") ?? "";
    const edited = await patch(id, { text: "Clean water" }, etag);
    expect([edited.status, edited.body.text, edited.body.revision]).toEqual([200, "Clean water", 2]);
    expect(edited.headers.get("etag")).toBe('"2"');
    expect(await patch(id, { text: "Late" }, etag)).toMatchObject({ status: 412, body: { code: "stale" } });
    expect((await rowsOf(id)).map((row) => row.text)).toEqual(["Clean water"]);
  });
  it("not without one", async () => {
    const { id } = await create();
    expect(await patch(id, { text: "Blind" }, null)).toMatchObject({
      status: 428,
      body: { code: "if_match_required" },
    });
  });
  it("of two at once one wins", async () => {
    const { id } = await create();
    const answers = await Promise.all(["A", "B", "C", "D"].map((text) => patch(id, { text }, '"1"')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });
});

describe("an edit reaches every delivery that has not begun", () => {
  it("which keep their identity, and are checked as a new post is", async () => {
    const post = await create({ accounts: [x, mastodon] });
    const before = await rowsOf(post.id);
    const refused = await patch(post.id, { text: "a".repeat(300) });
    expect([refused.status, refused.body.code]).toEqual([422, "validation_failed"]);
    expect(await rowsOf(post.id)).toEqual(before);
    await patch(post.id, { text: "New" });
    expect((await rowsOf(post.id)).map(({ id, text }) => [id, text])).toEqual(
      before.map(({ id }) => [id, "New"]),
    );
  });
  it("accounts come and go", async () => {
    const post = await create({ accounts: [x] });
    const { body } = await patch(post.id, { accounts: [mastodon] });
    expect(body.deliveries.map((delivery) => delivery.accountId)).toEqual([mastodon]);
    expect((await rowsOf(post.id)).map((row) => row.account)).toEqual([mastodon]);
  });
  it("a thread grows and shrinks, and its parts still wait for each other", async () => {
    const post = await create({ thread: [{ text: "Two" }] });
    await patch(post.id, { thread: [{ text: "2" }, { text: "3" }] });
    const chain = () =>
      api.sql<{ part: number; waits: string | null; id: string }>(
        "select id, part, waits_for as waits from deliveries where post_id = $1 order by part",
        [post.id],
      );
    const grown = await chain();
    expect(grown.map(({ waits }) => waits)).toEqual([null, grown[0]?.id, grown[1]?.id]);
    await patch(post.id, { thread: [] });
    expect((await chain()).map(({ part }) => part)).toEqual([0]);
  });
  it("a new time moves them, and no time makes a draft of it", async () => {
    const post = await create();
    const dueAt = inMs(7_200_000);
    const moved = await patch(post.id, { dueAt });
    expect(moved.body).toMatchObject({ dueAt, deliveries: [{ dueAt, state: "scheduled" }] });
    expect((await patch(post.id, { dueAt: null })).body).toMatchObject({
      dueAt: null,
      state: "draft",
      deliveries: [],
    });
    expect((await patch(post.id, { dueAt })).body).toMatchObject({
      state: "scheduled",
      deliveries: [{ dueAt }],
    });
  });
});

describe("a worker that holds a delivery loses it to an edit", () => {
  it("before the intent: its intent is refused, and the new content goes out later", async () => {
    const { id } = await create({ dueAt: "now" });
    const [delivery] = await rowsOf(id);
    const [claimed] = await claim(api.db, [delivery?.id ?? ""], {
      owner: 1,
      leaseMs: 60_000,
      lateAfterMs: 60_000,
    });
    const { body } = await patch(id, { text: "Corrected" });
    expect(body.deliveries).toMatchObject([{ state: "scheduled" }]);
    const { fence = 0, payloadHash = "" } = claimed ?? {};
    expect(
      await intend(api.db, [{ id: delivery?.id ?? "", owner: 1, fence, payloadHash, leaseMs: 30_000 }], 1),
    ).toEqual([false]);
    const again = await claim(api.db, [delivery?.id ?? ""], {
      owner: 1,
      leaseMs: 60_000,
      lateAfterMs: 60_000,
    });
    expect(again).toMatchObject([{ variant: { text: "Corrected" } }]);
  });

  it("or the edit loses: in no order of the two do both go through", async () => {
    const other = openDatabase(api.database.connection, 2, () => undefined);
    for (let round = 0; round < 20; round++) {
      const { id } = await create({ dueAt: "now" });
      const [delivery] = await rowsOf(id);
      const [claimed] = await claim(other, [delivery?.id ?? ""], {
        owner: 1,
        leaseMs: 60_000,
        lateAfterMs: 60_000,
      });
      const { fence = 0, payloadHash = "" } = claimed ?? {};
      const [edit, [intended]] = await Promise.all([
        patch(id, { text: `Round ${round}` }),
        intend(other, [{ id: delivery?.id ?? "", owner: 1, fence, payloadHash, leaseMs: 30_000 }], 1),
      ]);
      expect([edit.status === 200, intended].filter(Boolean)).toHaveLength(1);
      if (intended) expect(edit).toMatchObject({ status: 409, body: { code: "already_sending" } });
    }
    await other.close();
  });

  it.each(["sending", "processing", "uncertain", "needs_decision", "published", "deleted"] as const)(
    "after that an edit is refused: %s",
    async (state) => {
      const { id } = await create();
      await api.setState(id, state);
      expect(await patch(id, { text: "Too late" })).toMatchObject({
        status: 409,
        body: { code: "already_sending", deliveries: [{ accountId: x, state }] },
      });
      expect((await rowsOf(id)).map((row) => row.text)).toEqual(["Water"]);
    },
  );
});

describe("what failed or was missed can be mended", () => {
  it.each(["failed", "missed"] as const)(
    "%s: an edit alone sends nothing, a new time does",
    async (state) => {
      const { id } = await create();
      await api.setState(id, state);
      expect((await patch(id, { text: "Mended" })).body.deliveries).toMatchObject([{ state }]);
      const { body } = await patch(id, { dueAt: inMs(3_600_000) });
      expect(body.deliveries).toMatchObject([{ state: "scheduled" }]);
      expect((await rowsOf(id)).map((row) => row.text)).toEqual(["Mended"]);
    },
  );
  it("what a person or the platform stopped stays stopped", async () => {
    const { id } = await create();
    await api.setState(id, "held");
    expect((await patch(id, { text: "Held", dueAt: inMs(60_000) })).body.deliveries).toMatchObject([
      { state: "held" },
    ]);
  });
  it("an account whose tries are on record is canceled, not forgotten", async () => {
    const post = await create({ accounts: [x, mastodon] });
    await api.sql(
      "insert into attempts (delivery_id, fence, phase, started_at) select id, 1, 'closed', now() from deliveries where post_id = $1 and account_id = $2",
      [post.id, x],
    );
    await patch(post.id, { accounts: [mastodon] });
    expect(new Set((await rowsOf(post.id)).map(({ account, state }) => `${account} ${state}`))).toEqual(
      new Set([`${x} canceled`, `${mastodon} scheduled`]),
    );
  });
});
