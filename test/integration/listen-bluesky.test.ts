import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { AtpAgent } from "@atproto/api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { type BreakableLine, openBreakableLine } from "../support/breakable-line.ts";
import { type Forwarder, startForwarder } from "../support/forwarder.ts";
import { type ListeningStage, openListeningStage } from "../support/listening-stage.ts";
import { describeWithRealPds, type RealPds, startRealPds } from "../support/real-pds.ts";
import { until } from "../support/until.ts";

const post = "app.bsky.feed.post";

describeWithRealPds("an account at a Bluesky server of its own, read every hour only", () => {
  let [pds, line, on] = [] as unknown as [RealPds, BreakableLine, ListeningStage];
  let [account, us, neighbour] = ["", undefined, undefined] as unknown as [string, AtpAgent, AtpAgent];
  beforeAll(async () => {
    [pds, line] = await Promise.all([startRealPds(), openBreakableLine()]);
    line.targetPort = Number(new URL(pds.url).port);
    on = await openListeningStage({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1,localhost" });
    const [one, other] = [await pds.createAccount("water"), await pds.createAccount("neighbour")];
    const { identifier, password } = one;
    const connected = await on.call<{ id: string }>("POST", "/v1/accounts", {
      ...{ platform: "bluesky", mode: "live", baseUrl: line.url },
      credentials: { identifier, password },
    });
    account = connected.id;
    const agentOf = async ({ identifier, ownPassword }: typeof one) => {
      const agent = new AtpAgent({ service: pds.url });
      await agent.login({ identifier, password: ownPassword });
      return agent;
    };
    [us, neighbour] = [await agentOf(one), await agentOf(other)];
  }, 120_000);
  afterAll(async () => {
    await on?.close();
    line?.close();
    await pds?.stop();
  });
  beforeEach(async () => {
    line.mend();
    await on.sql("delete from links");
    await until("nobody listens", () => line.streams().length === 0);
  });

  const listened = async () => {
    const body = { source: account, targets: [on.on.x.id], review: false };
    await on.call("POST", "/v1/links", body);
    await until("it is listened to", () => line.streams().length === 1);
    return on.quiet(account);
  };
  const arrived = (word: string) => until(`${word} is shared`, () => on.withText("x", word)[0]);

  it("is read as soon as something is posted or deleted there, by whatever app", async () => {
    await listened();
    const { uri } = await us.post({ text: "Rang at once" });
    await arrived("Rang at once");
    const fence = await on.quiet(account);
    await us.deletePost(uri);
    await on.readAgain(account, fence);
    expect(line.streams()[0]).toMatch(/^GET \/xrpc\/com\.atproto\.sync\.subscribeRepos HTTP/);
    expect(line.streams()[0]).not.toMatch(/authorization/i);
  });

  it("is not read for what its neighbours post, or for what it likes", async () => {
    const fence = await listened();
    const { uri, cid } = await neighbour.post({ text: "Not ours" });
    await us.like(uri, cid);
    await us.post({ text: "But ours" }); // what came before it was heard before it
    await arrived("But ours");
    expect((await on.source(account)).fence).toBe(fence + 1);
  });

  it("is read when the line was broken, and what was posted meanwhile arrives", async () => {
    await listened();
    line.break();
    const { tries } = line;
    await us.post({ text: "Posted meanwhile" });
    await until("it is tried again", () => line.tries > tries + 2);
    expect(on.withText("x", "Posted meanwhile")).toEqual([]);
    line.mend();
    await arrived("Posted meanwhile");
  });
});

describe("a practice account at Bluesky", () => {
  it("is read as soon as something is posted there", async () => {
    const line = await openBreakableLine();
    const on = await openListeningStage({ PRACTICE_API_URL: line.url });
    line.targetPort = Number(on.env.PRACTICE_PORT);
    try {
      await on.link("bluesky", ["x"]);
      await until("it is listened to", () => line.streams().length === 1);
      await on.quiet(on.on.bluesky.id);
      await on.phone("bluesky", "Rang-in-practice");
      await until("it is shared", () => on.withText("x", "Rang-in-practice")[0]);
      expect(on.counts("Rang-in-practice")).toMatchObject({ bluesky: 1, x: 1 });
    } finally {
      await on.close();
      line.close();
    }
  });
});

describe("an account at Bluesky itself", () => {
  let [bluesky, jetstream, on] = [] as unknown as [Forwarder, Forwarder, ListeningStage];
  let [account, did] = ["", ""];
  beforeAll(async () => {
    [bluesky, jetstream] = [await startForwarder(), await startForwarder()];
    on = await openListeningStage({
      BLUESKY_API_URL: bluesky.origin,
      BLUESKY_STREAM_URL: jetstream.origin,
    });
    bluesky.target = `${on.practice}/bluesky`;
    account = on.on.bluesky.id;
    await on.sql("update accounts set mode = 'live' where platform = 'bluesky'");
    did = (
      await on.sql<{ did: string }>("select external_id as did from accounts where id = $1", [account])
    )[0]!.did;
    bluesky.answer = (request, response) => void answerAsBluesky(bluesky.target, request, response);
  }, 60_000);
  afterAll(async () => {
    await on?.close();
    for (const server of [bluesky, jetstream]) server?.close();
  });

  it("is read when Jetstream tells of its posts, and not for anything else that it tells", async () => {
    let say: (event: object | string) => void = () => undefined;
    jetstream.greet = (socket) => {
      say = (event) => socket.send(typeof event === "string" ? event : JSON.stringify(event));
    };
    await on.link("bluesky", ["x"]);
    await until("it is listened to", () => jetstream.listeners() === 1);
    expect(jetstream.streams).toEqual([
      `/subscribe?wantedCollections=${post}&wantedDids=${encodeURIComponent(did)}`,
    ]);
    const fence = await on.quiet(account);
    const commit = { operation: "create", collection: post, rkey: "3l3qo2vutsw2b" };
    say("{");
    say("null");
    say({ did, kind: "identity", identity: { did } });
    say({ did, kind: "commit", commit: { ...commit, collection: "app.bsky.feed.like" } });
    say({ did: "did:plc:somebody", kind: "commit", commit });
    await on.phone("bluesky", "Told-by-Jetstream");
    say({ did, kind: "commit", commit });
    await until("it is shared", () => on.withText("x", "Told-by-Jetstream")[0]);
    expect((await on.source(account)).fence).toBe(fence + 1);
    expect(bluesky.asked.filter((one) => one.startsWith("WS"))).toEqual([]);
  });
});

/** As the practice network does, but that the account is on one of many servers, though people know one only. */
async function answerAsBluesky(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = "GET", headers, url } = request;
  const answer = await fetch(`${target}${url}`, {
    method,
    headers: {
      authorization: headers.authorization ?? "",
      "content-type": headers["content-type"] ?? "application/json",
    },
    ...(method === "POST" && { body: new Uint8Array(await buffer(request)) }),
  });
  const server = '$1"https://morel.us-east.host.bsky.network"';
  const body = (await answer.text()).replace(/("serviceEndpoint":)"[^"]*"/, server);
  response.writeHead(answer.status, { "content-type": "application/json" }).end(body);
}
