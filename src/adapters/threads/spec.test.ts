import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import {
  type Asked,
  type GraphWorld,
  graphOnPractice,
  variant,
} from "../../../test/support/graph-on-practice.ts";
import { fieldsIn } from "../families/practice-graph-fields.ts";
import { threads } from "./index.ts";
import { practice } from "./practice.ts";

const file = new URL("../../../../shared/specs/threads/threads-api.postman_collection.json", import.meta.url);
const title = "every request is in Threads' own collection";
const suite = existsSync(file) ? describe : describe.skip;

interface Collection {
  readonly item: readonly Item[];
  readonly variable: readonly { readonly key: string; readonly value: string }[];
}
interface Item {
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly url: {
      readonly path: readonly string[];
      readonly query?: readonly { readonly key: string; readonly value: string }[];
    };
  };
}

suite(existsSync(file) ? title : `${title} (left out: ../shared/specs is not here)`, () => {
  const { item, variable } = JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : "{}") as Collection;
  let on: GraphWorld;
  let userId: string;

  beforeAll(async () => {
    on = await graphOnPractice(threads, practice, "v1.0");
    const { world } = on;
    const us = world.actor();
    userId = us.identity.externalId;
    const [photo, film] = [await anyFile(world, "image", "A well"), await anyFile(world, "video", "A pump")];
    const options = { topic: "Water", replyControl: "everyone" };
    const root = await publishFully(world, us, variant({ link: "https://example.org/water", options }));
    for (const media of [[photo], [film], [photo, film]])
      await publishFully(world, us, variant({ media, options }));
    const parent = { externalId: root.externalId, rootExternalId: root.externalId };
    for (const media of [[], [photo]]) {
      const reply = variant({ role: "reply", media });
      await publishFully(world, us, reply, { parent });
      const published = on.asked.findLast(({ route }) => route.endsWith("/threads_publish"));
      const values = { containerId: String(published?.given.creation_id) };
      const ready = { values, expiresAt: "2027-01-01T00:00:00Z" };
      await world.adapter.reconcile(us.question(reply, { parent, prepared: ready }), us.call());
      await world.adapter.reconcile(us.question(variant(), { prepared: ready }), us.call());
    }
    await world.adapter.recent?.(new Date(world.clock.now().getTime() - 60_000), us.call());
    await world.adapter.metrics?.(root.externalId, us.call());
    await world.adapter.auth.identify(us.call());
    await world.adapter.delete?.(root.externalId, us.call());
    await world.adapter.delete?.(root.externalId, us.call());
  });
  afterAll(() => on.world.close());

  const known = (items: readonly Item[]): NonNullable<Item["request"]>[] =>
    items.flatMap((one) => (one.request ? [one.request] : known(one.item ?? [])));
  /** `/v1.0/4711/threads` → `me/threads`; a post's own number → `{{id}}`. */
  const shapeOf = (path: string) =>
    path
      .split("/")
      .slice(2)
      .map((segment) => (segment === userId || segment === "me" ? "me" : segment.replace(/^\d+$/, "{{id}}")))
      .join("/");
  const shapeOfKnown = (path: readonly string[]) =>
    path
      .filter((segment) => segment !== "")
      .map((segment) => (segment.startsWith("{{") ? "{{id}}" : segment))
      .join("/");
  const entriesFor = ({ method, path }: Asked) =>
    known(item ?? []).filter((one) => one.method === method && shapeOfKnown(one.url.path) === shapeOf(path));
  /** Those that have everything we gave; `fields` is everywhere. */
  const fitting = (asked: Asked) =>
    entriesFor(asked).filter(({ url: { query = [] } }) => {
      const value = (name: string) => query.find(({ key }) => key === name)?.value;
      const { media_type: type, is_carousel_item: isItem, ...rest } = asked.given;
      const isSameKind = type === undefined || (value("media_type") ?? "CAROUSEL") === type;
      const isSamePart = (value("is_carousel_item") !== undefined) === (isItem !== undefined);
      const names = Object.keys(rest).filter((name) => name !== "fields");
      return isSameKind && isSamePart && names.every((name) => value(name) !== undefined);
    });
  const listOf = (name: string) => fieldsIn(variable.find(({ key }) => key === name)?.value ?? "");

  it("with its path and its parameters", () => {
    expect(on.asked.length).toBeGreaterThan(30);
    const strange = on.asked.filter((asked) => fitting(asked).length === 0);
    expect(strange.map(({ method, path, given }) => [method, shapeOf(path), given])).toEqual([]);
  });

  it("and with fields that its lists have", () => {
    const lists: Readonly<Record<string, string>> = {
      me: "fields_profile",
      "me/threads": "fields_threads",
      "me/replies": "fields_replies",
      "{{id}}": "fields_threads",
    };
    const reads = on.asked.filter(({ method, given }) => method === "GET" && given.fields);
    expect(new Set(reads.map(({ path }) => shapeOf(path)))).toEqual(new Set(Object.keys(lists)));
    for (const { path, given } of reads) {
      const names = fieldsIn(String(given.fields)).map((field) => field.replace(/\{.*/, ""));
      const isContainer = names.includes("status");
      const listed = listOf(isContainer ? "fields_container" : (lists[shapeOf(path)] ?? ""));
      expect([path, ...names.filter((name) => !listed.includes(name))]).toEqual([path]);
    }
  });

  it("counts what can be counted, and lets answer whom the list names", () => {
    const counted = on.asked.find(({ path }) => path.endsWith("/insights"))?.given.metric;
    expect(listOf("metrics_post")).toEqual(expect.arrayContaining(fieldsIn(String(counted))));
    const option = threads.capabilities.options.find(({ name }) => name === "replyControl");
    expect(option?.values).toEqual(listOf("reply_control"));
  });

  it("and nothing is published by the way", () => {
    expect(on.asked.filter(({ given }) => "auto_publish_text" in given)).toEqual([]);
  });
});
