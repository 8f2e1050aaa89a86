import { beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { useApi } from "../support/api.ts";
import { listen, type SeenEvent } from "../support/event-stream.ts";
import { until } from "../support/until.ts";

const api = useApi();
let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});
const create = async (text: string) =>
  (
    await api.call<{ id: string }>("POST", "/v1/posts", {
      body: { text, accounts: [x], dueAt: new Date(Date.now() + 60_000).toISOString() },
    })
  ).body.id;

describe("events tell what happens", () => {
  it("from now on, as server-sent events", async () => {
    await create("Before");
    // Until every transaction that ran beside it has ended, in whichever database, a stream would still begin with it.
    await until("what was before to be past", async () => {
      const past = "bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint) as past";
      return (await api.sql<{ past: boolean }>(`select ${past} from delivery_events`))[0]?.past;
    });
    const stream = await listen(api.url, api.workspace.key);
    expect(stream.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const postId = await create("Heard");
    await until("both events", () => stream.events.length >= 2);
    expect(stream.events.map(({ type }) => type).sort()).toEqual(["delivery.scheduled", "post.created"]);
    expect(stream.events.find(({ type }) => type === "delivery.scheduled")?.data).toEqual({
      type: "delivery.scheduled",
      postId,
      deliveryId: expect.stringMatching(/^dlv_/),
      accountId: x,
      platform: "x",
      from: null,
      reasonCode: null,
      at: expect.stringMatching(/Z$/),
    });
    stream.close();
  });

  it("of one's own workspace only", async () => {
    const other = await api.addWorkspace();
    const stream = await listen(api.url, other.key);
    await create("Not theirs");
    await api.call("POST", "/v1/posts", { key: other.key, body: { text: "Theirs" } });
    await until("their event", () => stream.events.length > 0);
    expect(stream.events.map(({ type }) => type)).toEqual(["post.created"]);
    stream.close();
  });

  it("a place we did not give is refused", async () => {
    for (const id of ["abc", "1-2-3", "99999999999999999999-1", "-1-1"])
      expect((await listen(api.url, api.workspace.key, id)).status).toBe(400);
  });

  it("the stream ends when the key is revoked", async () => {
    const key = await api.addKey(api.workspace.id, ["read"]);
    const stream = await listen(api.url, key);
    await api.sql("update api_keys set revoked_at = now() where hash = sha256($1)", [Buffer.from(key)]);
    await stream.ended;
    expect(stream.status).toBe(200);
  });
});

describe("no event is skipped and none is told twice", () => {
  const insert =
    "insert into delivery_events (workspace_id, type, reason_code) values ($1, 'post.updated', $2)";

  it("what a slow transaction shows late is told, in its order", async () => {
    const stream = await listen(api.url, api.workspace.key);
    const slow = new pg.Client({ ...api.database.connection, ssl: false });
    await slow.connect();
    await slow.query("begin");
    await slow.query(insert, [api.workspace.id, "slow"]);
    await api.sql(insert, [api.workspace.id, "quick"]); // a higher id, committed first
    await slow.query("commit");
    await slow.end();
    await until("both", () => stream.events.length >= 2);
    expect(stream.events.map(({ data }) => data.reasonCode)).toEqual(["slow", "quick"]);
    stream.close();
  });

  it("while many write at once and the listener comes and goes", async () => {
    const { key, id } = await api.addWorkspace();
    const writers = 8;
    const each = 60;
    const write = async (writer: number) => {
      const client = new pg.Client({ ...api.database.connection, ssl: false });
      await client.connect();
      for (let n = 0; n < each; n++) {
        await client.query("begin");
        await client.query(insert, [id, `${writer}-${n}`]);
        await client.query("select pg_sleep(random() * 0.02)");
        await client.query(n % 7 === 0 ? "rollback" : "commit");
      }
      await client.end();
    };
    let stream = await listen(api.url, key, "0-0");
    const seen: SeenEvent[] = [];
    let writing = true;
    const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer))).finally(() => {
      writing = false;
    });
    while (writing) {
      await until("something new, or the end", () => stream.events.length >= 20 || !writing);
      stream.close();
      await stream.ended;
      seen.push(...stream.events);
      stream = await listen(api.url, key, seen.at(-1)?.id ?? "0-0");
    }
    await all;
    const [written] = await api.sql<{ codes: string[] }>(
      "select array_agg(reason_code) as codes from delivery_events where workspace_id = $1",
      [id],
    );
    await until("the rest", () => seen.length + stream.events.length >= (written?.codes.length ?? 0));
    seen.push(...stream.events);
    stream.close();
    const codes = seen.map(({ data }) => data.reasonCode as string);
    expect(codes.toSorted()).toEqual(written?.codes.toSorted());
  });
});

describe("a slow listener", () => {
  it("does not make the server read ahead for it", async () => {
    const { key, id } = await api.addWorkspace();
    await api.sql(
      "insert into delivery_events (workspace_id, type, reason_code) select $1, 'post.updated', repeat('x', 200) from generate_series(1, 60000)",
      [id],
    );
    const abort = new AbortController();
    const response = await fetch(`${api.url}/v1/events`, {
      headers: { authorization: `Bearer ${key}`, "last-event-id": "0-0" },
      signal: abort.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    const sent = () =>
      api.sockets.reduce((sum, socket) => sum + socket.bytesWritten + socket.writableLength, 0);
    let [last, quiet] = [0, 0];
    await until("the server sends no more", () => {
      quiet = sent() === last ? quiet + 1 : 0;
      last = sent();
      return quiet > 20;
    });
    expect(last).toBeLessThan(10_000_000);
    let bytes = 0;
    for (let chunk = await reader?.read(); !chunk?.done && bytes < 20_000_000; chunk = await reader?.read()) {
      bytes += chunk?.value?.length ?? 0;
      if (bytes > 19_000_000) break;
    }
    abort.abort();
    expect(bytes).toBeGreaterThan(19_000_000);
  });
});
