import { describe, expect, it } from "@jest/globals";
import type { Adapter } from "../adapters/contract/adapter.ts";
import type { Capabilities } from "../adapters/contract/capabilities.ts";
import { mastodon } from "../adapters/mastodon/index.ts";
import { adapters } from "../adapters/registry.ts";
import type { Media } from "../domain/post.ts";
import { checkTarget } from "./check-target.ts";
import { expandPost, type TargetAccount } from "./expand-post.ts";
import type { PostContent } from "./post-content.ts";

const account: TargetAccount = {
  id: "acc_1",
  platform: "mastodon",
  handle: "water@example.social",
  state: "active",
};
const blank: PostContent = {
  text: "Water",
  media: [],
  link: null,
  accounts: ["acc_1"],
  variants: {},
  thread: [],
  firstComment: null,
  allowMissingAltText: false,
};
const well: Media = {
  id: "med_1",
  kind: "image",
  mimeType: "image/jpeg",
  bytes: 1000,
  width: 800,
  height: 600,
  durationMs: null,
  altText: "A well",
};

/** Mastodon, but for what the test is about. */
function expand(
  content: Partial<PostContent>,
  capabilities: Partial<Capabilities> = {},
  files: readonly Media[] = [],
) {
  const adapter = {
    ...mastodon,
    capabilities: { ...mastodon.capabilities, ...capabilities },
  } as Adapter<never>;
  const media = new Map(files.map((file) => [file.id, file]));
  const [target] = expandPost({ ...blank, ...content }, [account], media, { ...adapters, mastodon: adapter });
  if (!target) throw new Error("One account has one target");
  return target;
}

describe("what a platform has no place for is left out, and said", () => {
  it("a thread", () => {
    const { parts, warnings } = expand({ thread: [{ text: "Two", media: [] }] }, { thread: null });
    expect(parts.map(({ variant }) => variant.text)).toEqual(["Water"]);
    expect(warnings).toMatchObject([{ code: "thread_left_out", pointer: "/thread", accountId: "acc_1" }]);
  });
  it("a first comment", () => {
    const { parts, warnings } = expand({ firstComment: "First" }, { firstComment: null });
    expect(parts).toHaveLength(1);
    expect(warnings).toMatchObject([{ code: "first_comment_left_out", pointer: "/firstComment" }]);
  });
  it("nothing is said where nothing was asked for", () =>
    expect(expand({}, { thread: null, firstComment: null }).warnings).toEqual([]));
});

describe("each part is what it is", () => {
  it("the post, the replies, the first comment last", () => {
    const { parts } = expand({
      link: "https://example.org",
      thread: [{ text: "Two", media: [] }],
      firstComment: "First",
    });
    expect(parts.map(({ variant: { role, text, link } }) => [role, text, link])).toEqual([
      ["post", "Water", "https://example.org"],
      ["reply", "Two", null],
      ["comment", "First", null],
    ]);
  });
  it("a variant may leave the thread and the link away", () => {
    const variants = { mastodon: { thread: [], link: null } };
    const { parts } = expand({ link: "https://example.org", thread: [{ text: "Two", media: [] }], variants });
    expect(parts.map(({ variant }) => variant)).toMatchObject([{ role: "post", link: null }]);
  });
  it("an account's options are laid over its platform's", () => {
    const variants = {
      mastodon: { options: { visibility: "unlisted", language: "en" } },
      acc_1: { options: { language: "az" } },
    };
    expect(expand({ variants }).parts[0]?.variant.options).toEqual({
      visibility: "unlisted",
      language: "az",
    });
  });
});

describe("checking a target", () => {
  const errorsOf = (target: ReturnType<typeof expand>) => checkTarget(target, false).errors;
  it("says once what is wrong with the options all parts share", () => {
    const variants = { mastodon: { options: { colour: "blue" } } };
    const target = expand({ variants, thread: [{ text: "Two", media: [] }] });
    expect(errorsOf(target)).toMatchObject([
      { code: "option_unknown", pointer: "/variants/mastodon/options/colour" },
    ]);
  });
  it("points to where a missing option belongs", () => {
    const target = expand({}, { options: [{ name: "title", type: "string", required: true }] });
    expect(errorsOf(target)).toMatchObject([
      { code: "option_missing", pointer: "/variants/acc_1/options/title" },
    ]);
  });
  it("counts the parts of a thread", () => {
    const thread = Array.from({ length: 3 }, () => ({ text: "More", media: [] }));
    expect(errorsOf(expand({ thread }, { thread: { maxParts: 2 } }))).toMatchObject([
      { code: "thread_too_long" },
    ]);
  });
  it("wants alt text of every file, in every part", () => {
    const bare = { ...well, id: "med_2", altText: " " };
    const media = [{ id: "med_1" }, { id: "med_2" }];
    const target = expand({ media, thread: [{ text: "Two", media: [{ id: "med_2" }] }] }, {}, [well, bare]);
    expect(errorsOf(target).map(({ code, pointer }) => [code, pointer])).toEqual([
      ["alt_text_required", "/media/1"],
      ["alt_text_required", "/thread/0/media/0"],
    ]);
    const meant = checkTarget(target, true);
    expect([meant.errors, meant.warnings.map(({ code }) => code)]).toEqual([
      [],
      ["alt_text_missing", "alt_text_missing"],
    ]);
  });
});
