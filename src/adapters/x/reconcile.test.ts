import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import {
  picture,
  prepareFully,
  variant,
  type XCall,
  type XOnPractice,
  xOnPractice,
} from "../../../test/support/x-on-practice.ts";
import type { Variant } from "../../domain/post.ts";
import type { Question } from "../contract/adapter.ts";
import { x } from "./index.ts";
import { reconcile } from "./reconcile.ts";

let on: XOnPractice;
let handle = 0;
const newCall = () => on.call(on.account(`reconcile_${++handle}`));

beforeAll(async () => {
  on = await xOnPractice();
});
afterAll(() => on.close());

/** Publishes; the answer is lost when the post is asked for afterwards. */
async function publish(content: Variant, call: XCall, parentId?: string): Promise<string> {
  const prepared = await prepareFully(content, call, on.pass);
  const parent = parentId && { parent: { externalId: parentId, rootExternalId: parentId } };
  const result = await x.publish(content, { ...call, prepared, ...parent });
  return result.state === "published" ? result.externalId : "";
}

function question(content: Variant, more: Partial<Question> = {}): Question {
  return { deliveryKey: "dlv_1", variant: content, sentAt: on.now(), ...more };
}

describe("a post whose answer was lost is found", () => {
  test.each<[string, Partial<Variant>]>([
    ["plain words", { text: "Clean water is a right" }],
    ["three signs X escapes", { text: "Q&A: is 1 < 2 > 0 &amp; so on?" }],
    ["links of many kinds", { text: "(https://example.org/a?b=c&d=e) example.com, http://example.net!" }],
    ["a link below the text", { text: "Read & share", link: "https://example.org/water?a=1&b=2" }],
    ["a link only", { text: "", link: "https://example.org/only" }],
    ["many languages", { text: "Su hüququ 水は人権です الماء حق 👨‍👩‍👧‍👦 cafe\u0301" }],
    ["lines and spaces", { text: "  One\n\n\nTwo   three \n" }],
    ["a mention in front", { text: "@reconcile_1 look at this" }],
  ])("%s", async (_name, part) => {
    const content = variant(part);
    const call = newCall();
    const asked = question(content);
    const id = await publish(content, call);
    on.pass(3 * 60_000);
    expect(await reconcile(asked, call)).toEqual({
      state: "published",
      externalId: id,
      externalUrl: `${on.baseUrl.web}/i/web/status/${id}`,
    });
  });

  it("with a picture, with and without words", async () => {
    const call = newCall();
    for (const text of ["Look: example.org", ""]) {
      const content = variant({ text, media: [await on.file("image/png", await picture("png"))] });
      const asked = question(content);
      const id = await publish(content, call);
      expect(await reconcile(asked, call)).toMatchObject({ externalId: id });
      on.pass(10 * 60_000);
    }
  });

  it("as a part of a thread, which may say the same as the part before", async () => {
    const call = newCall();
    const root = await publish(variant({ text: "👇" }), call);
    const parent = { externalId: root, rootExternalId: root };
    const same = question(variant({ text: "👇", role: "reply" }), { parent });
    expect(await reconcile(same, call)).toEqual({ state: "absent" });
    const other = question(variant({ text: "Two", role: "reply" }), { parent });
    const id = await publish(other.variant, call, root);
    expect(await reconcile(other, call)).toMatchObject({ externalId: id });
  });

  it("among hundreds, on a later page", async () => {
    const call = newCall();
    const content = variant({ text: "The one" });
    const asked = question(content);
    const id = await publish(content, call);
    for (let n = 0; n < 250; n++) {
      if (n % 99 === 0) on.pass(15 * 60_000);
      await publish(variant({ text: `Another ${n}` }), call);
    }
    expect(await reconcile(asked, call)).toMatchObject({ externalId: id });
  });
});

describe("what is not there is absent, what is unclear stays unknown", () => {
  it("nothing at all", async () =>
    expect(await reconcile(question(variant({})), newCall())).toEqual({ state: "absent" }));

  it("other words", async () => {
    const call = newCall();
    const asked = question(variant({ text: "Clean water" }));
    await publish(variant({ text: "Clean water!" }), call);
    expect(await reconcile(asked, call)).toEqual({ state: "absent" });
  });

  it("the same words of yesterday", async () => {
    const call = newCall();
    const content = variant({ text: "Every day" });
    await publish(content, call);
    on.pass(25 * 60 * 60_000);
    expect(await reconcile(question(content), call)).toEqual({ state: "absent" });
  });

  it("somebody else's same words", async () => {
    const content = variant({ text: "Solidarity" });
    const asked = question(content);
    await publish(content, newCall());
    expect(await reconcile(asked, newCall())).toEqual({ state: "absent" });
  });

  it("two that could be it", async () => {
    const page = { data: [tweet("Twice", 2), tweet("Twice", 1)], meta: { result_count: 2 } };
    expect(await asking(page)).toEqual({ state: "unknown" });
  });

  it("an older one, even if X shows it unasked", async () => {
    const [call, asked] = [newCall(), question(variant({ text: "Twice" }))];
    const page = { data: [tweet("Twice", 1)], meta: { result_count: 1 } };
    on.pass(2 * 60_000);
    const later = { ...asked, sentAt: on.now() };
    expect(await reconcile(later, { ...call, fetch: async () => Response.json(page) })).toEqual({
      state: "absent",
    });
  });

  it("more posts than we read", async () => {
    const page = { data: [tweet("Another", 1)], meta: { result_count: 1, next_token: "more" } };
    expect(await asking(page)).toEqual({ state: "unknown" });
  });

  test.each([
    ["an account X hides", { errors: [{ title: "Authorization Error" }] }],
    ["ids that are none", { data: [{ id: "abc", text: "Twice" }], meta: { result_count: 1 } }],
    ["posts without a text", { data: [{ id: "1" }], meta: { result_count: 1 } }],
  ])("%s", async (_name, page) => expect(await asking(page)).toEqual({ state: "unknown" }));

  test.each([
    [401, "unauthorized"],
    [403, "forbidden"],
    [429, "rate_limited"],
    [503, "unavailable"],
  ])("a look that fails with %i is an error, not an answer", async (status, kind) =>
    expect(asking({}, status)).rejects.toMatchObject({ kind, detail: { status } }),
  );

  function asking(page: object, status = 200) {
    const fetching = async () => Response.json(page, { status });
    return reconcile(question(variant({ text: "Twice" })), { ...newCall(), fetch: fetching });
  }

  function tweet(text: string, n: number) {
    return { id: String(((BigInt(on.now().getTime()) - 1_288_834_974_657n) << 22n) + BigInt(n)), text };
  }
});

it("looking changes nothing", async () => {
  const methods: string[] = [];
  const fetching = async (_url: unknown, init?: RequestInit) => {
    methods.push(init?.method ?? "GET");
    return Response.json({ meta: { result_count: 0 } });
  };
  await reconcile(question(variant({})), { ...newCall(), fetch: fetching });
  expect(methods).toEqual(["GET"]);
});
