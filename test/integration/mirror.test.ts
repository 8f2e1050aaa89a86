import { describe, expect, it } from "@jest/globals";
import { type Platform, platforms } from "../../src/domain/platform.ts";
import { picture } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

describe("a photo that was posted on the practice Instagram with a phone", () => {
  it("is on X and Facebook with its alt text, its text adapted, once", async () => {
    await on.link("instagram", ["x", "facebook"]);
    const long = `Well-one is clean. ${"Water for all of us in the valley. ".repeat(12)}#water`;
    await on.phone("instagram", long, await picture("A girl at a well"));
    await on.settled();
    const [x, facebook] = [on.withText("x", "Well-one"), on.withText("facebook", "Well-one")];
    expect(facebook).toMatchObject([{ text: long, media: [{ altText: "A girl at a well", kind: "image" }] }]);
    expect(x).toMatchObject([{ media: [{ altText: "A girl at a well" }] }]);
    expect(x[0]?.text).toMatch(/^Well-one is clean\. .* …\s*http\S+$/s);
    expect(await on.fates("Well-one")).toMatchObject([
      { platform: "instagram", state: "shared", notes: [{ code: "text_shortened" }] },
    ]);
  });

  it("is once on each of twelve accounts that share in a circle, but for the one that takes no photo", async () => {
    for (const [index, platform] of platforms.entries())
      await on.link(platform, [platforms[(index + 1) % platforms.length] as Platform]);
    await on.phone("instagram", "Circle-two #water", await picture("Two wells"));
    await until("it went out", () => on.counts("Circle-two").wordpress);
    await on.settled();
    const once = platforms.map((platform) => [platform, platform === "youtube" ? 0 : 1]);
    expect(on.counts("Circle-two")).toEqual(Object.fromEntries(once));
    const [first, ...others] = await on.fates("Circle-two");
    expect(first).toMatchObject({
      state: "shared",
      notes: [{ code: "media_required" }, { code: "alt_text_left_out" }],
    });
    expect(new Set(others.map(({ reason }) => reason))).toEqual(new Set(["own"]));
  });
});

describe("what comes from outside", () => {
  it("is a draft where the link is reviewed, which is published or dropped by a person and comes once", async () => {
    await on.link("mastodon", ["x", "facebook"], { review: true });
    await on.phone("mastodon", "Draft-three");
    await on.phone("mastodon", "Dropped-three");
    await on.settled();
    const { data } = await on.call<{ data: { id: string; text: string; accounts: string[] }[] }>(
      "GET",
      "/v1/posts?state=draft",
    );
    const draft = (word: string) => data.filter(({ text }) => text.includes(word));
    expect(draft("Draft-three")).toMatchObject([{ accounts: [on.on.x.id, on.on.facebook.id] }]);
    expect(on.counts("Draft-three").x).toBe(0);
    await on.call("POST", `/v1/posts/${draft("Draft-three")[0]?.id}/publish`);
    await on.call("DELETE", `/v1/posts/${draft("Dropped-three")[0]?.id}`);
    await on.settled();
    expect(on.counts("Draft-three")).toMatchObject({ x: 1, facebook: 1, mastodon: 1 });
    expect(on.counts("Dropped-three")).toMatchObject({ x: 0, facebook: 0 });
  });

  it("waits for a link's delay and quiet hours, and comes to each account at its own time", async () => {
    await on.link("mastodon", ["x"], { delayMinutes: 90 });
    await on.link("mastodon", ["facebook"]);
    await on.link("facebook", ["threads"], { quietHours: { from: "00:00", to: "23:59", zone: "Asia/Baku" } });
    await on.phone("mastodon", "Later-four");
    await until("it is planned", async () => (await on.fates("Later-four"))[0]?.state === "shared");
    const due = await on.sql<{ platform: string; minutes: number }>(
      `select d.platform, (extract(epoch from d.due_at - now()) / 60)::float as minutes from deliveries d join posts p on p.id = d.post_id
       where p.text like 'Later-four%' order by d.platform`,
    );
    expect(due.map(({ platform }) => platform)).toEqual(["facebook", "threads", "x"]);
    const [facebook, threads, x] = due.map(({ minutes }) => minutes);
    expect(facebook).toBeLessThan(1);
    expect(threads).toBeLessThanOrEqual(24 * 60);
    expect(x).toBeGreaterThan(88);
  });

  it("is not what Clarion sent there, also while nobody knows yet whether that came through", async () => {
    await on.link("mastodon", ["x", "facebook"]);
    on.app.practice.setFault("mastodon", { fault: "reset_after_accept", times: 1 });
    const body = { text: "Own-five", accounts: [on.on.mastodon.id], dueAt: "now" };
    await on.call("POST", "/v1/posts", body);
    await until("it is there", () => on.counts("Own-five").mastodon);
    await on.settled();
    expect(on.counts("Own-five")).toMatchObject({ mastodon: 1, x: 0, facebook: 0 });
    expect(await on.fates("Own-five")).toMatchObject([{ state: "skipped", reason: "own" }]);
  });

  it("is not what was there before its link was, nor what came while the link was paused", async () => {
    await on.phone("mastodon", "Before-six");
    const { id } = await on.link("mastodon", ["x"]);
    await on.sql("update links set mirrors_since = now() + interval '61 seconds'");
    await on.settled();
    expect(on.counts("Before-six")).toMatchObject({ mastodon: 1, x: 0 });
    await on.call("PATCH", `/v1/links/${id}`, { state: "paused" });
    await on.phone("mastodon", "Paused-six");
    await on.call("PATCH", `/v1/links/${id}`, { state: "active" });
    await on.sql("update links set mirrors_since = now() + interval '61 seconds'");
    await on.settled();
    expect(on.counts("Paused-six")).toMatchObject({ x: 0 });
  });

  it("is not shared when somebody else has brought it there within seven days", async () => {
    await on.link("mastodon", ["x", "facebook"]);
    await on.link("tumblr", ["x", "facebook"]);
    await on.phone("mastodon", "Seven-seven: clean water! https://example.org/a");
    await on.settled();
    await on.phone("mastodon", "“Seven-seven” – clean water https://example.org/b");
    await on.settled();
    expect(on.counts("Seven-seven")).toMatchObject({ x: 1, facebook: 1, mastodon: 2 });
    expect((await on.fates("Seven-seven")).at(-1)).toMatchObject({
      state: "skipped",
      reason: "there_already",
    });
  });

  it("reaches the others when one account fails", async () => {
    await on.link("mastodon", ["x", "facebook", "pinterest"]);
    on.app.practice.setFault("x", { fault: "revoked", times: 1 });
    await on.phone("mastodon", "Others-eight");
    await on.settled();
    expect(on.counts("Others-eight")).toMatchObject({ facebook: 1, pinterest: 0 });
    const [fate] = await on.fates("Others-eight");
    expect(fate).toMatchObject({ state: "shared", notes: [{ code: "media_required" }] });
  });
});
