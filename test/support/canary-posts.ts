import sharp from "sharp";
import { adapters } from "../../src/adapters/registry.ts";
import { type Platform, platforms } from "../../src/domain/platform.ts";
import type { practiceFaults } from "../../src/http/server-options.ts";
import { tinyVideo } from "../contract/tiny-video.ts";
import type { CanaryLife, Cast } from "./canary-life.ts";
import type { CanaryStage } from "./canary-stage.ts";
import { until } from "./until.ts";
import type { Interference } from "./wire-tap.ts";

type Accounts = readonly (readonly [Platform, string])[];

/** Under every fault at once, by accounts of their own; and ahead, so that bells wait in the queue and uploads lie prepared. */
export async function post(
  { stage, life }: Cast,
  faults: readonly ((typeof practiceFaults)[number] | null)[],
  wrongly: readonly Interference[],
): Promise<void> {
  const { practice, world } = stage.app;
  const wants = { image: await upload(life, await picture()), video: await upload(life, await film()) };
  for (const fault of faults) {
    const accounts = await everyone(life, `at_${fault}`);
    for (const platform of platforms)
      practice.setFault(platform, fault && { fault, times: 1, delayMs: 1500 });
    await tried(stage, await plan(life, accounts, wants, `Water ${fault}`, "now"));
  }
  for (const platform of platforms) practice.setFault(platform, null);
  for (const how of wrongly) {
    const accounts = await everyone(life, `so_${wrongly.indexOf(how)}`);
    await stage.interfering(/./, how, async () =>
      tried(stage, await plan(life, accounts, wants, JSON.stringify(how), "now")),
    );
  }
  await plan(life, await everyone(life, "ahead"), wants, "Water tomorrow", inTwentyMinutes());
  // An upload that does not get on: its address lies in the diary until somebody has looked for it there.
  stage.tap.interfere = (path) => (/upload_id=/.test(path) ? { status: 503, body: "{}" } : undefined);
  await world.db.pool.query(
    "update deliveries set prepare_at = now() where prepare_at is not null and state = 'scheduled'",
  );
  await until("uploads lie prepared", async () => {
    const { rows } = await world.db.pool.query("select 1 from deliveries where prepared ? 'sealed'");
    return rows.length > 0;
  });
  await stage.learnSealed();
}

async function everyone(life: CanaryLife, handle: string): Promise<Accounts> {
  const linked = platforms.map(async (platform) => [
    platform,
    (await life.link(platform, handle.slice(0, 15))).json.id,
  ]);
  return (await Promise.all(linked)) as unknown as Accounts;
}

async function plan(
  life: CanaryLife,
  accounts: Accounts,
  files: Readonly<Record<"image" | "video", string>>,
  text: string,
  dueAt: string,
): Promise<string[]> {
  const posts = accounts.map(async ([platform, account]) => {
    const { media, options } = adapters[platform].capabilities;
    const kind =
      platform === "linkedin" || !media.types.image || media.types.image.beside ? "video" : "image";
    const required = options.filter((rule) => rule.required).map(({ name }) => [name, "Clarion"]);
    const body = { text, dueAt, accounts: [account], media: [{ id: files[kind] }] };
    const variants = { [platform]: { options: Object.fromEntries(required) } };
    return (await life.call("POST", "/v1/posts", { ...body, variants })).json.id;
  });
  return Promise.all(posts);
}

async function tried(stage: CanaryStage, posts: readonly string[]): Promise<void> {
  await until(
    "every post was tried",
    async () => {
      const { rows } = await stage.app.world.db.pool.query(
        `select platform, state, attempts, reason_code from deliveries where post_id = any($1)
           and (state in ('claimed', 'sending') or (state = 'scheduled' and attempts = 0 and reason_code is null))`,
        [posts],
      );
      return rows.length === 0;
    },
    60_000,
  );
  await stage.learnSealed();
}

async function upload(life: CanaryLife, bytes: Uint8Array): Promise<string> {
  const form = new FormData();
  form.set("altText", "Water");
  form.set("file", new Blob([new Uint8Array(bytes)]), "file");
  return (await life.call("POST", "/v1/media", form)).json.id;
}

const picture = () =>
  sharp({ create: { width: 400, height: 400, channels: 3, background: "#28a" } })
    .jpeg()
    .toBuffer();
const film = () => tinyVideo("video/mp4", { width: 640, height: 368, seconds: 5 });
const inTwentyMinutes = () => new Date(Date.now() + 20 * 60_000).toISOString();
