import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "@jest/globals";
import { problemKinds } from "../../src/http/problem-kinds.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFile(new URL(path, root), "utf8");
const page = await read("docs/errors.md");
const section = (from: string, to: string) =>
  page.slice(page.indexOf(`## ${from}`), page.indexOf(`## ${to}`));

/** The files in which issues are made. */
const issueFiles = (await readdir(new URL("src", root), { recursive: true }))
  .filter((name) => !name.includes(".test."))
  .filter((name) =>
    /^(adapters\/(contract\/validate|\w+\/(rules|text))|publishing\/(check-target|expand-post)|http\/(zod-refusal|odd-json)|links\/(check-link|share-along)|feeds\/feed-error)\.ts$/.test(
      name,
    ),
  );
const literals = async (names: readonly string[]) =>
  (await Promise.all(names.map((name) => read(`src/${name}`)))).flatMap((source) =>
    [...source.matchAll(/["`]([a-z]+(?:_[a-z]+)+)["`]/g)].map(([, code]) => code as string),
  );

/** Words of the same form in those files that are no issue's code. */
const others = [
  "in_text",
  "unrecognized_keys",
  "invalid_type",
  "invalid_key",
  "first_comment",
  "hub_refused",
  ...Object.keys(problemKinds),
];

describe("docs/errors.md", () => {
  it("explains exactly the problems there are", () => {
    const rows = [...section("Problems", "Issues").matchAll(/^\| `(\w+)` \| (\d+) \| .+ \|$/gm)];
    const explained = rows.map(([, code, status]) => [code, Number(status)]);
    const known = Object.entries(problemKinds).map(([code, [status]]) => [code, status]);
    expect(explained.toSorted()).toEqual(known.toSorted());
  });

  it("explains exactly the issues there are", async () => {
    const explained = [...section("Issues", "Deliveries").matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, codes]) =>
      [...(codes ?? "").matchAll(/`(\w+)`/g)].map(([, code]) => code as string),
    );
    const templated = ["thread_left_out", "first_comment_left_out", "account_paused", "account_held"];
    templated.push(
      ...["not_active", "kind", "language", "reply", "repost", "not_opted_in", "opted_out"].map(
        (why) => `link_${why}`,
      ),
    );
    const made = (await literals(issueFiles)).filter((code) => !others.includes(code));
    expect(explained.toSorted()).toEqual([...new Set([...made, ...templated])].sort());
  });

  it("and no problem is there that nothing tells of", async () => {
    const names = (await readdir(new URL("src", root), { recursive: true })).filter(
      (name) => /\.ts$/.test(name) && !/(\.test|refusal|problem-kinds)\.ts$/.test(name),
    );
    const used = new Set([
      ...(await literals(names)),
      "local_time_missing",
      "local_time_ambiguous",
      "stale",
      "paused",
      "unauthorized",
      "unavailable",
      "internal",
    ]);
    expect(Object.keys(problemKinds).filter((code) => !used.has(code))).toEqual([]);
  });
});
