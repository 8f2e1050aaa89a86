import { beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { useApi } from "../support/api.ts";
import { until } from "../support/until.ts";

const api = useApi();
let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});

let keys = 0;
const newKey = () => `key-${++keys}`;
const dueAt = new Date(Date.now() + 3_600_000).toISOString();
const post = (text: string) => ({ text, accounts: [x], dueAt });
const create = (key: string, body: object, path = "/v1/posts") =>
  api.call("POST", path, { body, headers: { "idempotency-key": key } });
const countPosts = async (text: string) =>
  (await api.sql<{ count: number }>("select count(*) from posts where text = $1", [text]))[0]?.count;

describe("a POST with an Idempotency-Key is done at most once", () => {
  it("sent again, it gets the first answer, marked as such", async () => {
    const key = newKey();
    const first = await create(key, post("Twice"));
    const second = await create(key, post("Twice"));
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(second.headers.get("etag")).toBe(first.headers.get("etag"));
    expect(await countPosts("Twice")).toBe(1);
  });

  it("sent fifty times at once, it makes one post; the others hear of it or are told to wait", async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 50 }, () => create(key, post("Fifty"))));
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 201))
      expect([status, body.code]).toEqual([409, "idempotency_key_in_use"]);
    expect(await countPosts("Fifty")).toBe(1);
    expect((await create(key, post("Fifty"))).body.id).toBe([...ids][0]);
  });

  it("another body under the same key is refused", async () => {
    const key = newKey();
    await create(key, post("One"));
    expect(await create(key, post("Other"))).toMatchObject({
      status: 422,
      body: { code: "idempotency_key_reused" },
    });
    expect(await countPosts("Other")).toBe(0);
  });

  it("the same body for another address is another request", async () => {
    const key = newKey();
    await create(key, post("Address"));
    expect(await create(key, post("Address"), "/v1/posts/validate")).toMatchObject({ status: 422 });
  });

  it("a refused request keeps nothing: the key may be used when its reason is mended", async () => {
    const key = newKey();
    expect((await create(key, { ...post("Mended"), dueAt: "never" })).status).toBe(422);
    expect((await create(key, post("Mended"))).status).toBe(201);
  });

  it("two workspaces may use the same key", async () => {
    const key = newKey();
    const other = await api.addWorkspace();
    const mine = await create(key, { text: "Mine" });
    const theirs = await api.call("POST", "/v1/posts", {
      key: other.key,
      body: { text: "Mine" },
      headers: { "idempotency-key": key },
    });
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.body.id).not.toBe(theirs.body.id);
  });

  it("after a day the key is new again", async () => {
    const key = newKey();
    await create(key, post("Day"));
    await api.sql("update idempotency_keys set created_at = now() - interval '25 hours' where key = $1", [
      key,
    ]);
    expect((await create(key, post("Day after"))).status).toBe(201);
    expect((await create(key, post("Day after"))).headers.get("idempotency-replayed")).toBe("true");
  });

  it("what is a day old is forgotten as new ones come", async () => {
    await create(newKey(), { text: "Old" });
    await api.sql("update idempotency_keys set created_at = now() - interval '25 hours'");
    for (let n = 0; n < 5; n++) await create(newKey(), { text: "New" });
    const [old] = await api.sql(
      "select count(*) from idempotency_keys where created_at < now() - interval '24 hours'",
    );
    expect(old).toEqual({ count: 0 });
  });

  it.each(["cancel", "publish", "duplicate"])(
    "also for %s, though it changes what it would find",
    async (action) => {
      const { body } = await api.call("POST", "/v1/posts", { body: post(`For ${action}`) });
      const path = `/v1/posts/${body.id}/${action}`;
      const key = newKey();
      const [first, second] = [await create(key, {}, path), await create(key, {}, path)];
      expect(first.status).toBeLessThan(300);
      expect([second.status, second.body]).toEqual([first.status, first.body]);
      expect(second.headers.get("idempotency-replayed")).toBe("true");
    },
  );
});

describe("a server that dies in the middle leaves no key behind", () => {
  // The request gets this far and waits there: then its connection is cut, as by kill -9.
  it.each([
    ["in the middle of its work", "lock table posts in access exclusive mode", "%into posts (id%"],
    [
      "after its work, before its answer is kept",
      "lock table idempotency_keys in share mode",
      "%insert into idempotency_keys%",
    ],
  ])("%s: work and answer are kept together, or neither is", async (when, lock, statement) => {
    const key = newKey();
    const blocker = new pg.Client({ ...api.database.connection, ssl: false });
    await blocker.connect();
    await blocker.query("begin");
    await blocker.query(lock);
    const dying = create(key, post(when));
    await until("the request waits in its transaction", async () => {
      const killed = await api.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
         and wait_event_type = 'Lock' and query like $1 and pid <> pg_backend_pid()`,
        [statement],
      );
      return killed.length === 1;
    });
    expect(await dying).toMatchObject({ status: 503, body: { code: "unavailable" } });
    await blocker.query("rollback");
    await blocker.end();
    const again = await create(key, post(when));
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, null]);
    expect(await countPosts(when)).toBe(1);
  });

  it("while the first still runs, others are told so at once", async () => {
    const key = newKey();
    const blocker = new pg.Client({ ...api.database.connection, ssl: false });
    await blocker.connect();
    await blocker.query("begin");
    await blocker.query("lock table posts in access exclusive mode");
    const slow = create(key, post("Slow"));
    await until("the first is at work", async () => {
      const waiting = await api.sql(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return waiting.length === 1;
    });
    expect(await create(key, post("Slow"))).toMatchObject({
      status: 409,
      body: { code: "idempotency_key_in_use" },
    });
    await blocker.query("rollback");
    await blocker.end();
    expect((await slow).status).toBe(201);
    expect((await create(key, post("Slow"))).headers.get("idempotency-replayed")).toBe("true");
    expect(await countPosts("Slow")).toBe(1);
  });
});
