import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile } from "../../../test/contract/check.ts";
import type { World } from "../../../test/contract/world.ts";
import {
  type Person,
  wordpressOnPractice,
  wordpressPerson,
} from "../../../test/support/wordpress-on-practice.ts";

let world: World;
let me: Person;
let other: Person;
beforeAll(async () => {
  world = await wordpressOnPractice();
});
afterAll(() => world.close());
beforeEach(() => {
  [me, other] = [wordpressPerson(world), wordpressPerson(world)];
});

const draft = async (person: Person, more = {}) =>
  (await person.api("POST", "/posts", { title: "Clean water", content: "<p>Hello</p>", ...more })).body;
const publish = async (person: Person, more = {}) => draft(person, { status: "publish", ...more });
const codeOf = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer;
  return [status, body.code];
};

describe("the pretend WordPress", () => {
  it.each([
    [undefined, 401, "rest_not_logged_in"],
    ["Bearer abc", 401, "rest_not_logged_in"],
    [`Basic ${btoa("nobody")}`, 401, "rest_not_logged_in"],
    [`Basic ${btoa("nobody:abcd")}`, 401, "incorrect_password"],
  ])("knows nobody by %s", async (authorization, status, code) => {
    const response = await fetch(`${world.practice.url}/wordpress/wp-json/wp/v2/users/me`, {
      headers: authorization === undefined ? {} : { authorization },
    });
    expect([response.status, (await response.json()).code]).toEqual([status, code]);
  });

  it("shows a draft to its author alone, and not on the timeline", async () => {
    const { id, status } = await draft(me);
    expect([status, me.actor.posts()]).toEqual(["draft", []]);
    expect((await me.api("GET", `/posts/${id}`)).status).toBe(200);
    expect(await codeOf(other.api("GET", `/posts/${id}`))).toEqual([403, "rest_forbidden"]);
    expect((await other.api("GET", "/posts?status=any&per_page=100")).body).not.toContainEqual(
      expect.objectContaining({ id }),
    );
  });

  it("lets nobody change, read as editor or delete another's post", async () => {
    const { id } = await publish(me);
    expect(await codeOf(other.api("POST", `/posts/${id}`, { title: "Mine" }))).toEqual([
      403,
      "rest_cannot_edit",
    ]);
    expect(await codeOf(other.api("GET", `/posts/${id}?context=edit`))).toEqual([
      403,
      "rest_forbidden_context",
    ]);
    expect(await codeOf(other.api("DELETE", `/posts/${id}`))).toEqual([403, "rest_user_cannot_delete_post"]);
    expect(me.actor.posts()).toHaveLength(1);
  });

  it.each<[string, object, number, string]>([
    ["nothing", {}, 400, "empty_content"],
    ["a status there is not", { title: "A", status: "now" }, 400, "rest_invalid_param"],
    ["categories by name", { title: "A", categories: ["News"] }, 400, "rest_invalid_param"],
    [
      "a featured picture by address",
      { title: "A", featured_media: "https://e.org/" },
      400,
      "rest_invalid_param",
    ],
  ])("refuses %s", async (_what, body, status, code) => {
    expect(await codeOf(me.api("POST", "/posts", body))).toEqual([status, code]);
  });

  it("gives a taken name a number without a word, and the title's where there is none", async () => {
    const [one, two] = [await draft(me, { slug: "Same" }), await draft(me, { slug: "same" })];
    expect([one.slug, two.slug]).toEqual(["same", "same-2"]);
    const named = await me.api("POST", `/posts/${one.id}`, { status: "publish", slug: "" });
    expect(named.body.slug).toMatch(/^clean-water(-\d+)?$/);
    expect((await publish(me, { title: "Ümläut, “quoted” & more/less" })).slug).toBe(
      "umlaut-quoted-more-less",
    );
  });

  it("keeps a post one post, however often it is published, and takes it out of the bin", async () => {
    const { id } = await publish(me);
    await me.api("POST", `/posts/${id}`, { status: "publish" });
    expect(me.actor.posts()).toHaveLength(1);
    expect((await me.api("DELETE", `/posts/${id}`)).body.status).toBe("trash");
    expect(await codeOf(me.api("DELETE", `/posts/${id}`))).toEqual([410, "rest_already_trashed"]);
    expect(me.actor.posts()).toEqual([]);
    await me.api("POST", `/posts/${id}`, { status: "publish" });
    expect(me.actor.posts()).toHaveLength(1);
    expect((await me.api("DELETE", `/posts/${id}?force=true`)).body.deleted).toBe(true);
    expect(await codeOf(me.api("GET", `/posts/${id}`))).toEqual([404, "rest_post_invalid_id"]);
  });

  it("lists in pages, with totals, and only the fields that were asked for", async () => {
    for (const title of ["1", "2", "3"]) await publish(me, { title });
    const author = me.actor.identity.externalId;
    const page = await me.api("GET", `/posts?author=${author}&per_page=2&page=2&_fields=id,status`);
    expect(page.headers.get("x-wp-total")).toBe("3");
    expect(page.body).toEqual([{ id: expect.any(Number), status: "publish" }]);
    expect(await codeOf(me.api("GET", "/posts?per_page=101"))).toEqual([400, "rest_invalid_param"]);
  });
});

describe("its media library", () => {
  const file = async () => world.shelf.access.open((await anyFile(world, "image")).id);
  const upload = async (body: Blob, type: string, disposition?: string) =>
    codeOf(
      me.api("POST", "/media", body, {
        "content-type": type,
        ...(disposition !== undefined && { "content-disposition": disposition }),
      }),
    );

  it("refuses what WordPress refuses", async () => {
    const named = 'attachment; filename="a.jpg"';
    expect(await upload(await file(), "image/jpeg")).toEqual([400, "rest_upload_no_content_disposition"]);
    expect(await upload(await file(), "image/jpeg", "inline")).toEqual([
      400,
      "rest_upload_invalid_disposition",
    ]);
    expect(await upload(new Blob([]), "image/jpeg", named)).toEqual([400, "rest_upload_no_data"]);
    const refused = [500, "rest_upload_sideload_error"];
    expect(await upload(new Blob([randomBytes(500)]), "image/jpeg", named)).toEqual(refused);
    expect(await upload(await file(), "image/jpeg", 'attachment; filename="a.exe"')).toEqual(refused);
    expect(await upload(await file(), "image/jpeg", named)).toEqual([201, undefined]);
  });

  it("takes tags and percent codes out of a description, of one's own files only", async () => {
    const headers = { "content-type": "image/jpeg", "content-disposition": 'attachment; filename="b.jpg"' };
    const { id } = (await me.api("POST", "/media", await file(), headers)).body;
    const described = await me.api("POST", `/media/${id}`, { alt_text: " a <b>  100%ab\n&lt;" });
    expect(described.body.alt_text).toBe("a 100 &lt;");
    expect(await codeOf(other.api("POST", `/media/${id}`, { alt_text: "x" }))).toEqual([
      403,
      "rest_cannot_edit",
    ]);
  });
});

describe("its comments and tags", () => {
  const comment = (person: Person, post: number, content: string) =>
    codeOf(person.api("POST", "/comments", { post, content }));

  it("refuses what WordPress refuses", async () => {
    const { id } = await publish(me);
    expect(await comment(me, 1, "Hello")).toEqual([403, "rest_comment_invalid_post_id"]);
    expect(await comment(me, (await draft(me)).id, "Hello")).toEqual([403, "rest_comment_draft_post"]);
    expect(await comment(me, id, " ")).toEqual([400, "rest_comment_content_invalid"]);
    expect(await comment(me, id, "ä".repeat(32_763))).toEqual([400, "comment_content_column_length"]);
    expect(await comment(me, id, "Hello")).toEqual([201, undefined]);
    expect(await comment(me, id, "Hello")).toEqual([409, "comment_duplicate"]);
    expect(await comment(me, id, "Again")).toEqual([400, "comment_flood"]);
    world.clock.advance(16_000);
    expect(await comment(me, id, "Again")).toEqual([201, undefined]);
    await me.api("DELETE", `/posts/${id}`);
    expect(await comment(me, id, "Too late")).toEqual([403, "rest_comment_trash_post"]);
  });

  it("holds a stranger's comment back, and lets others neither read nor delete it", async () => {
    const { id: post } = await publish(me);
    const { id, status } = (await other.api("POST", "/comments", { post, content: "Hello" })).body;
    expect([status, other.actor.posts()]).toEqual(["hold", []]);
    expect((await me.api("GET", `/comments?post=${post}`)).body).toEqual([]);
    expect((await other.api("GET", `/comments/${id}`)).body.status).toBe("hold");
    expect(await codeOf(wordpressPerson(world).api("GET", `/comments/${id}`))).toEqual([
      403,
      "rest_cannot_read",
    ]);
    expect(await codeOf(other.api("DELETE", `/comments/${id}`))).toEqual([403, "rest_cannot_delete"]);
    expect(await codeOf(me.api("GET", "/comments/4"))).toEqual([404, "rest_comment_invalid_id"]);
  });

  it("makes a tag once, and no category", async () => {
    const { id } = (await me.api("POST", "/tags", { name: "Clean water" })).body;
    const again = await other.api("POST", "/tags", { name: "clean  WATER" });
    expect([again.status, again.body]).toEqual([
      400,
      expect.objectContaining({ code: "term_exists", data: { status: 400, term_id: id } }),
    ]);
    expect(await codeOf(me.api("POST", "/tags", {}))).toEqual([400, "rest_missing_callback_param"]);
    expect(await codeOf(me.api("POST", "/categories", { name: "New" }))).toEqual([403, "rest_cannot_create"]);
  });
});
