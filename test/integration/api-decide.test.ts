import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi();
let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});

interface Row {
  id: string;
  part: number;
  state: string;
  waits: string | null;
  due: boolean;
  code: string | null;
}

const chain = async (): Promise<string> => {
  const body = {
    text: "One",
    thread: [{ text: "Two" }, { text: "Three" }],
    accounts: [x],
    dueAt: new Date(Date.now() + 60_000).toISOString(),
  };
  return (await api.call<{ id: string }>("POST", "/v1/posts", { body })).body.id;
};
const rowsOf = (postId: string) =>
  api.sql<Row>(
    `select id, part, state, waits_for as waits, due_at <= clock_timestamp() as due, reason_code as code
     from deliveries where post_id = $1 order by part`,
    [postId],
  );
const set = (id: string | undefined, state: string) =>
  api.sql(
    `update deliveries set state = $2, attempts = 6, prepared = '{}', handle = 'h', sent_at = now(), published_at = case when $2 = 'published' then now() end,
       next_check_at = case when $2 in ('failed', 'missed', 'published') then null else now() + interval '1 hour' end,
       reason_code = case when $2 = 'missed' then 'earlier_part_missing' end where id = $1`,
    [id, state],
  );
const act = (id: string | undefined, action: "retry" | "resolve", body?: object) =>
  api.call("POST", `/v1/deliveries/${id}/${action}`, { body });

describe("retry sends what failed or was missed after all", () => {
  it.each(["failed", "missed"])("%s → scheduled now, as if it had never been tried", async (state) => {
    const [first] = await rowsOf(await chain());
    await set(first?.id, state);
    const { status, body } = await act(first?.id, "retry");
    expect([status, body]).toMatchObject([200, { state: "scheduled", attemptCount: 0, error: null }]);
    const [row] = await api.sql(
      "select attempts, prepared, handle, sent_at, due_at <= clock_timestamp() as due from deliveries where id = $1",
      [first?.id],
    );
    // A missed one may have left once: publishing the same handle again cannot double.
    const prepared = state === "failed" ? null : expect.anything();
    expect(row).toEqual({ attempts: 0, prepared, handle: null, sent_at: null, due: true });
  });

  it("the later parts that were missed with it wait for it again", async () => {
    const postId = await chain();
    const [one, two, three] = await rowsOf(postId);
    await set(one?.id, "failed");
    for (const part of [two, three]) await set(part?.id, "missed");
    await act(one?.id, "retry");
    expect((await rowsOf(postId)).map(({ state, waits }) => [state, waits])).toEqual([
      ["scheduled", null],
      ["scheduled", one?.id],
      ["scheduled", two?.id],
    ]);
  });

  it("a later part not before the one it follows", async () => {
    const [one, two] = await rowsOf(await chain());
    await set(one?.id, "failed");
    await set(two?.id, "missed");
    expect(await act(two?.id, "retry")).toMatchObject({ status: 409, body: { code: "wrong_state" } });
  });

  it.each(["scheduled", "sending", "uncertain", "needs_decision", "published"])(
    "not what is %s",
    async (state) => {
      const [first] = await rowsOf(await chain());
      await set(first?.id, state);
      expect(await act(first?.id, "retry")).toMatchObject({ status: 409, body: { code: "wrong_state" } });
    },
  );

  it("of ten at once one does it", async () => {
    const [first] = await rowsOf(await chain());
    await set(first?.id, "failed");
    const answers = await Promise.all(Array.from({ length: 10 }, () => act(first?.id, "retry")));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const events = await api.sql(
      "select from delivery_events where delivery_id = $1 and from_state = 'failed'",
      [first?.id],
    );
    expect(events).toHaveLength(1);
  });
});

describe("a person decides what we cannot know", () => {
  const undecided = async () => {
    const postId = await chain();
    const [one] = await rowsOf(postId);
    await set(one?.id, "needs_decision");
    return { postId, id: one?.id };
  };

  it("it is there, under this address; without its id the parts after it cannot answer it", async () => {
    const { postId, id } = await undecided();
    const { status, body } = await act(id, "resolve", {
      outcome: "published",
      externalUrl: "https://x.com/a/status/1",
    });
    expect([status, body]).toMatchObject([
      200,
      { state: "published", externalUrl: "https://x.com/a/status/1", publishedAt: expect.any(String) },
    ]);
    expect((await rowsOf(postId)).map(({ state, code }) => [state, code])).toEqual([
      ["published", null],
      ["canceled", "earlier_part_unknown"],
      ["canceled", "earlier_part_unknown"],
    ]);
  });

  it("with its id the next part goes out", async () => {
    const { postId, id } = await undecided();
    await act(id, "resolve", { outcome: "published", externalId: `seen-${id}` });
    expect((await rowsOf(postId)).map(({ state, waits }) => [state, waits === null])).toEqual([
      ["published", true],
      ["scheduled", true],
      ["scheduled", false],
    ]);
  });

  it("not under an id that another delivery has", async () => {
    const [a, b] = [await undecided(), await undecided()];
    await act(a.id, "resolve", { outcome: "published", externalId: "same" });
    expect(await act(b.id, "resolve", { outcome: "published", externalId: "same" })).toMatchObject({
      status: 409,
      body: { code: "wrong_state" },
    });
    expect((await rowsOf(b.postId))[0]?.state).toBe("needs_decision");
  });

  it("it is not: send it now", async () => {
    const { postId, id } = await undecided();
    expect(await act(id, "resolve", { outcome: "send" })).toMatchObject({
      status: 200,
      body: { state: "scheduled" },
    });
    expect((await rowsOf(postId)).map(({ state, due }) => [state, due])).toEqual(
      Array(3).fill(["scheduled", true]),
    );
  });

  it("let it be: the parts after it go with it", async () => {
    const { postId, id } = await undecided();
    await act(id, "resolve", { outcome: "drop" });
    expect((await rowsOf(postId)).map(({ state }) => state)).toEqual(["canceled", "canceled", "canceled"]);
  });

  it("only where a decision is needed, and only once", async () => {
    const { id } = await undecided();
    await act(id, "resolve", { outcome: "drop" });
    expect(await act(id, "resolve", { outcome: "send" })).toMatchObject({
      status: 409,
      body: { code: "wrong_state" },
    });
  });

  it.each([
    { outcome: "maybe" },
    {},
    { outcome: "drop", externalUrl: "https://x.com" },
    { outcome: "published", externalUrl: "ftp://x" },
  ])("not by %j", async (body) => {
    const { id } = await undecided();
    expect(await act(id, "resolve", body)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });
});
