import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type BreakableLine, openBreakableLine } from "../support/breakable-line.ts";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";
import { type ListeningStage, openListeningStage } from "../support/listening-stage.ts";
import { until } from "../support/until.ts";

describe("a Mastodon account that a link begins at, read every hour only", () => {
  let [line, on] = [] as unknown as [BreakableLine, ListeningStage];
  let account = "";
  beforeAll(async () => {
    line = await openBreakableLine();
    on = await openListeningStage({ PRACTICE_API_URL: line.url });
    line.targetPort = Number(on.env.PRACTICE_PORT);
    account = on.on.mastodon.id;
  }, 60_000);
  afterAll(async () => {
    await on?.close();
    line?.close();
  });
  beforeEach(async () => {
    line.mend();
    await on.sql("delete from links");
    await until("nobody listens", () => line.streams().length === 0);
  });

  const listened = async () => {
    const { id } = await on.link("mastodon", ["x"]);
    await until("it is listened to", () => line.streams().length === 1);
    await on.quiet(account);
    return id;
  };
  const arrived = (word: string) => until(`${word} is shared`, () => on.withText("x", word)[0]);
  const credentials = async () => {
    const [grant] = await on.sql<{ id: string; version: string }>(
      "select g.id, g.version from grants g join accounts a on a.grant_id = g.id where a.id = $1",
      [account],
    );
    const opened = await on.app.world.credentialsOf(on.workspaceId, grant!.id, grant!.version);
    return { grantId: grant!.id, accessToken: opened.accessToken ?? "" };
  };

  it("is read as soon as something is posted, edited or deleted there", async () => {
    await listened();
    const id = await on.phone("mastodon", "Rang-at-once");
    await arrived("Rang-at-once");
    let fence = await on.quiet(account);
    await on.phoneAgain("mastodon", id, "edit", "Rang-at-once, better");
    await on.readAgain(account, fence);
    await until(
      "the change is noted",
      async () => (await on.sql("select 1 from source_items where changed = 'edited'")).length === 1,
    );
    fence = await on.quiet(account);
    await on.phoneAgain("mastodon", id, "delete");
    await on.readAgain(account, fence);
  });

  it("is read when the line to the stream was broken, and what was posted meanwhile arrives", async () => {
    await listened();
    line.break();
    await on.phone("mastodon", "Posted-meanwhile");
    const { tries } = line;
    await until("it is tried again", () => line.tries > tries + 2);
    expect(on.withText("x", "Posted-meanwhile")).toEqual([]);
    line.mend();
    await arrived("Posted-meanwhile");
    expect(line.streams()).toHaveLength(1);
    expect(await on.source(account)).toMatchObject({ errorCode: null, failures: 0 });
  });

  it("is listened to no more once its link is gone or paused", async () => {
    const id = await listened();
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    await until("nobody listens", () => line.streams().length === 0);
    await on.call("PATCH", `/v1/links/${id}`, { state: "active" });
    await until("it is listened to", () => line.streams().length === 1);
    await on.call("DELETE", `/v1/links/${id}`);
    await until("nobody listens", () => line.streams().length === 0);
  });

  it("is listened to with its new login as soon as it has one", async () => {
    await listened();
    const { grantId, accessToken } = await credentials();
    expect(line.streams()[0]).toContain(`Bearer ${accessToken}`);
    const { credentials: fresh } = on.app.practice.register("mastodon", on.on.mastodon.handle);
    const { keyId, wrappedKey, sealed } = on.app.world.vault.seal(`grants/${grantId}`, fresh);
    await on.sql(
      "update grants set key_id = $2, wrapped_key = $3, sealed = $4, version = version || 'a' where id = $1",
      [grantId, keyId, wrappedKey, sealed],
    );
    await until("the new login is used", () =>
      line.streams().every((stream) => stream.includes(`Bearer ${fresh.accessToken}`)),
    );
    await on.quiet(account);
    await on.phone("mastodon", "With-a-new-login");
    await arrived("With-a-new-login");
  });

  it("is listened to by several processes, and shared once", async () => {
    const other = await on.process(null);
    other.begin();
    try {
      await on.link("mastodon", ["x"]);
      await until("both listen", () => line.streams().length === 2);
      await on.quiet(account);
      await on.phone("mastodon", "Heard-twice");
      await arrived("Heard-twice");
      await on.quiet(account);
    } finally {
      await other.end();
    }
    expect(on.withText("x", "Heard-twice")).toHaveLength(1);
  });

  it("is named by no token in any address or line of the log", async () => {
    await listened();
    const { accessToken } = await credentials();
    const said = line.sent().join("\n").split("\n");
    const withToken = said.filter((one) => one.includes(accessToken));
    expect(withToken.length).toBeGreaterThan(1);
    expect(withToken.filter((one) => !/^authorization: Bearer /i.test(one))).toEqual([]);
    expect(on.lines.join("\n")).not.toContain(accessToken);
  });

  it("is let go of within a second when the process stops", async () => {
    await listened();
    const closing = on.close();
    await until("nobody listens", () => line.streams().length === 0, 1000);
    await closing;
    on = undefined as never;
  });
});

describe("a Mastodon server of somebody else's", () => {
  let [server, on] = [] as unknown as [Forwarder, ListeningStage];
  let account = "";
  beforeAll(async () => {
    server = await startForwarder();
    on = await openListeningStage({ ALLOWED_PRIVATE_HOSTS: server.host });
    server.target = `${on.practice}/mastodon`;
    account = on.on.mastodon.id;
    await on.sql("update accounts set mode = 'live', base_url = $1 where platform = 'mastodon'", [
      server.origin,
    ]);
  }, 60_000);
  afterAll(async () => {
    await on?.close();
    server?.close();
  });
  beforeEach(async () => {
    await on.sql("delete from links");
    await on.sql("delete from sources");
    await until("nobody listens", () => server.listeners() === 0);
    server.greet = undefined;
    streamsFrom(server.origin.replace("http", "ws"));
    server.asked.length = 0;
  });
  /** What it says of itself; all else it answers as the practice network does. */
  const streamsFrom = (streaming: string) => {
    const pass = server.target;
    server.answer = (request, response) => {
      const json = (body: string) =>
        response.writeHead(200, { "content-type": "application/json" }).end(body);
      if (request.url === "/api/v2/instance")
        return void json(JSON.stringify({ configuration: { urls: { streaming } } }));
      const headers = { authorization: request.headers.authorization ?? "" };
      void fetch(`${pass}${request.url}`, { headers }).then(async (answer) => json(await answer.text()));
    };
  };
  const asked = (what: string) => server.asked.filter((one) => one === what).length;
  const own = async () =>
    (await on.sql<{ id: string }>("select external_id as id from accounts where id = $1", [account]))[0]!.id;

  it("disturbs nothing with garbage or with messages that are too large, and is heard when it makes sense", async () => {
    const deep = `{"event":${"[".repeat(100_000)}`;
    const garbage = [
      "",
      "{",
      "null",
      "[]",
      '"update"',
      '{"event":"update","payload":"{"}',
      deep,
      '{"event":7}',
    ];
    const aboutOthers = JSON.stringify({ event: "update", payload: '{"account":{"id":"1"}}' });
    const id = await own();
    let [opened, isSane] = [0, false];
    server.greet = (socket) => {
      opened += 1;
      for (const said of [...garbage, aboutOthers]) socket.send(said);
      socket.send(Buffer.from([0xff, 0, 1]));
      if (isSane) {
        const payload = JSON.stringify({ account: { id } });
        setTimeout(() => socket.send(JSON.stringify({ event: "update", payload })), 100).unref();
      } else socket.send("x".repeat(2 * 1024 * 1024));
    };
    await on.link("mastodon", ["x"]);
    await until("it was heard out a few times", () => opened > 3);
    expect(await on.source(account)).toMatchObject({ errorCode: null, failures: 0 });
    isSane = true;
    await on.phone("mastodon", "Among-garbage");
    await until("it is shared", () => on.withText("x", "Among-garbage")[0]);
  });

  it("is not run over: one that hangs up at once is asked later and later", async () => {
    const times: number[] = [];
    server.greet = (socket) => {
      times.push(performance.now());
      socket.close();
    };
    await on.link("mastodon", ["x"]);
    await until("it was asked a few times", () => times.length > 5);
    const last = times.at(-1)! - times.at(-2)!;
    expect(last).toBeGreaterThan(145); // half of the longest pause, and timers are early by a little
    expect(last).toBeGreaterThan(times[1]! - times[0]!);
  });

  it("that names a private address to be listened to is not followed there, and still read", async () => {
    let connections = 0;
    const inside = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    inside.listen(0, "127.0.0.1").unref();
    await once(inside, "listening");
    const streaming = `wss://127.0.0.1:${(inside.address() as AddressInfo).port}`;
    streamsFrom(streaming);
    await on.link("mastodon", ["x"]);
    await until("it was named a few times", () => asked("GET /api/v2/instance") > 3);
    expect([connections, asked("WS /api/v1/streaming")]).toEqual([0, 0]);
    expect(on.lines.join("\n")).toContain("CLARION_ADDRESS_REFUSED");
    expect(await on.source(account)).toMatchObject({ errorCode: null, failures: 0 });
  });
});
