import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Platform, platforms } from "../../src/domain/platform.ts";
import { practicePlatforms } from "../../src/practice/registry.ts";
import type { Step } from "../../src/publishing/engine.ts";
import { type MirrorStage, openMirrorStage, photo } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import type { Worker } from "./worker.ts";

const steps: readonly Step[] = [
  "read",
  "kept",
  "fetched",
  "noted",
  "shared",
  "claimed",
  "intended",
  "answered",
  "recorded",
];
// Three times at each. Every process logs in anew, and Bluesky lets an account do that 30 times in five minutes.
const kills = Number(process.env.KILLS ?? 27);
const patienceMs = 60_000;
/** Of a photo that may have been sent to Reddit we are sure after ten minutes only: it may take that long to appear. */
const certainMs = 15 * 60_000;
/** Tumblr answers a thousand requests an hour. */
const watchMs = 2000;
/** It takes no photo, so nothing gets past it either: the circle is closed by the links themselves. */
const takesNone: Platform = "youtube";
const takers = platforms.filter((platform) => platform !== takesNone);
/** Where the next photo is posted: in turn, wherever people can post past Clarion. */
const sources = practicePlatforms.filter(({ phone }) => phone).map(({ platform }) => platform);

describe("twelve accounts that share in a circle", () => {
  let on: MirrorStage;
  const started: Promise<Worker>[] = [];
  beforeAll(async () => {
    on = await openMirrorStage({
      role: "api",
      timings: { watchMs, watchPracticeMs: watchMs, watchLeaseMs: 3000, shareLeaseMs: 3000 },
    });
    for (const [index, platform] of platforms.entries())
      await on.link(platform, [platforms[(index + 1) % platforms.length] as Platform]);
  }, patienceMs);
  afterAll(async () => {
    for (const worker of await Promise.all(started)) worker.kill("SIGKILL");
    await on?.close();
  });

  it(
    `have each of ${kills} photos once, though all that works was killed at each`,
    async () => {
      let next = start(stepOf(0));
      for (let index = 0; index < kills; index++) {
        const doomed = await next;
        next = start(index + 1 < kills ? stepOf(index + 1) : null); // warms up while this one dies
        await post(index);
        doomed.begin();
        expect([stepOf(index), await endOf(doomed)]).toEqual([stepOf(index), "SIGKILL"]);
      }
      const last = await next;
      last.begin();
      const missing = () => copies().filter(({ found }) => found === 0);
      const untold = () => [];
      await until("all photos are everywhere", () => missing().length === 0, certainMs).catch(untold);
      const unsettled = await on.settled().then(untold, ({ message }: Error) => [message]);
      await last.end();
      expect([...unsettled, ...(await breaches())]).toEqual([]);
    },
    // A kill takes some seconds, and what was killed waits for its leases.
    kills * 20_000 + certainMs + 120_000,
  );

  function start(dieAt: Step | null): Promise<Worker> {
    const worker = on.process(dieAt);
    started.push(worker);
    return worker;
  }

  const stepOf = (index: number) => steps[index % steps.length] as Step;
  const wordOf = (index: number) => `Photo-${String(index).padStart(4, "0")}`;

  async function post(index: number): Promise<void> {
    const file = { bytes: await photo(9000 + index), type: "image/jpeg", altText: wordOf(index) };
    await on.phone(sources[index % sources.length] as Platform, `${wordOf(index)} #water`, file);
  }

  /** How often each photo is on each account that takes it. */
  function copies() {
    return takers.flatMap((platform) => {
      const shown = on.posts(platform).map(({ text, extra }) => `${text} ${extra.title ?? ""}`);
      return Array.from({ length: kills }, (_, index) => {
        const found = shown.filter((words) => words.includes(wordOf(index))).length;
        return { platform, word: wordOf(index), found };
      });
    });
  }

  /** Sentences; none: all is well. */
  async function breaches(): Promise<string[]> {
    const wrong = copies().filter(({ found }) => found !== 1);
    const left = await on.sql<{ id: string; state: string }>(
      `select id, state from source_items where state in ('new', 'held', 'failed')
       union all select id, state || ' ' || coalesce(reason_code, '') from deliveries where state <> 'published'`,
    );
    const orphans = await on.sql<{ id: string }>(
      "select id from media m where m.of_id is null and not exists (select 1 from post_media u where u.media_id = m.id)",
    );
    return [
      ...wrong.map(({ platform, word, found }) => `${word} is ${found} times on ${platform}`),
      ...on.posts(takesNone).map(({ text }) => `${takesNone} has ${text}`),
      ...left.map(({ id, state }) => `${id} is ${state}`),
      ...orphans.map(({ id }) => `${id} belongs to no post`),
    ];
  }
});

async function endOf(worker: Worker): Promise<NodeJS.Signals | null> {
  const late = setTimeout(() => worker.kill("SIGTERM"), patienceMs);
  const signal = await worker.ended;
  clearTimeout(late);
  return signal;
}
