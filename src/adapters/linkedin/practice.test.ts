import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import { type Actor, prepared } from "../../../test/contract/world.ts";
import {
  ask,
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";
import { fileUrnsOf } from "./prepare.ts";

let on: LinkedInWorld;
let members: LinkedInWorld;
let page: Actor;
let member: Actor;

beforeAll(async () => {
  [on, members] = await Promise.all([linkedinOnPractice("pages"), linkedinOnPractice("members")]);
});
afterAll(() => Promise.all([on.world.close(), members.world.close()]));
beforeEach(() => {
  [page, member] = [on.world.actor(), members.world.actor()];
});

const body = (changes: object = {}, author = page.identity.externalId) => ({
  author,
  commentary: "Hello",
  visibility: "PUBLIC",
  distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
  lifecycleState: "PUBLISHED",
  isReshareDisabledByAuthor: false,
  ...changes,
});
const token = (actor = page) => actor.identity.credentials.accessToken ?? "";
const post = (changes?: object, headers = {}) =>
  ask(on, token(), "POST", "/rest/posts", body(changes), headers);

describe("the pretend LinkedIn asks for token, version and protocol", () => {
  test.each<[string, number, string, string | null, Record<string, string>]>([
    ["no token", 401, "EMPTY_ACCESS_TOKEN", null, {}],
    ["a token that is none", 401, "INVALID_ACCESS_TOKEN", "nobody's", {}],
    ["no version", 400, "VERSION_MISSING", "mine", { "linkedin-version": "" }],
    ["a version that is gone", 426, "NONEXISTENT_VERSION", "mine", { "linkedin-version": "202409" }],
    ["no protocol", 400, "ILLEGAL_ARGUMENT", "mine", { "x-restli-protocol-version": "" }],
  ])("%s", async (_what, status, code, whose, headers) => {
    const answer = await ask(on, whose === "mine" ? token() : whose, "POST", "/rest/posts", body(), headers);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(page.posts()).toEqual([]);
  });

  it("takes no token from the address", async () => {
    const answer = await ask(on, null, "GET", `/v2/userinfo?access_token=${token()}`);
    expect(answer.status).toBe(401);
  });
});

describe("a post has to be in order", () => {
  test.each<[string, number, string, object]>([
    ["an unknown field", 403, "ACCESS_DENIED", { text: "Hello" }],
    [
      "an unknown field deep down",
      403,
      "ACCESS_DENIED",
      { content: { article: { source: "https://a.b", url: "" } } },
    ],
    ["no commentary", 400, "MISSING_FIELD", { commentary: undefined }],
    ["no distribution", 400, "MISSING_FIELD", { distribution: undefined }],
    ["an unheard-of visibility", 400, "INVALID_VALUE_FOR_FIELD", { visibility: "FRIENDS" }],
    ["a draft", 400, "INVALID_VALUE_FOR_FIELD", { lifecycleState: "DRAFT" }],
    ["an unescaped sign", 400, "INVALID_VALUE_FOR_FIELD", { commentary: "Hello (world)" }],
    ["a lone number sign", 400, "INVALID_VALUE_FOR_FIELD", { commentary: "C# and so on" }],
    ["3,001 characters", 400, "FIELD_LENGTH_TOO_LONG", { commentary: "a".repeat(3001) }],
    ["nothing", 400, "INVALID_VALUE_BLANK_FIELD", { commentary: " " }],
    ["two contents", 400, "INVALID_VALUE_FOR_FIELD", { content: { article: {}, media: {} } }],
    ["an article without a title", 400, "MISSING_FIELD", { content: { article: { source: "https://a.b" } } }],
    ["an article without a source", 400, "MISSING_FIELD", { content: { article: { title: "A" } } }],
    ["an image nobody uploaded", 400, "INVALID_IMAGE_ID", { content: { media: { id: "urn:li:image:A" } } }],
    ["a video nobody uploaded", 400, "INVALID_VIDEO_ID", { content: { media: { id: "urn:li:video:A" } } }],
    [
      "a single picture in a series",
      400,
      "INVALID_VALUE_FOR_FIELD",
      { content: { multiImage: { images: [{ id: "" }] } } },
    ],
    ["somebody else as author", 403, "ACCESS_DENIED", { author: "urn:li:organization:1" }],
  ])("%s", async (_what, status, code, changes) => {
    const answer = await post(changes);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(page.posts()).toEqual([]);
    expect(on.world.practice.ledger("linkedin").data.at(-1)).toMatchObject({ accepted: false });
  });

  it("3,000 characters are counted without backslashes, and shown without", async () => {
    expect((await post({ commentary: "\\(".repeat(3000) })).status).toBe(201);
    expect(page.posts()[0]?.text).toBe("(".repeat(3000));
  });

  it("its id is in a header only", async () => {
    const { headers, body: answer } = await post();
    expect([headers.get("x-restli-id"), answer]).toEqual([page.posts()[0]?.id, {}]);
  });
});

describe("the same again within ten minutes is a duplicate", () => {
  it("with the first one's URN, also when that was deleted", async () => {
    const first = (await post()).headers.get("x-restli-id");
    const again = await post();
    expect([again.status, again.body.message]).toEqual([
      422,
      expect.stringContaining(`duplicate of ${first}`),
    ]);
    await ask(on, token(), "DELETE", `/rest/posts/${encodeURIComponent(first ?? "")}`);
    expect((await post()).body.message).toContain(first);
    on.world.clock.advance(11 * 60_000);
    expect((await post()).status).toBe(201);
  });

  it("but not with other words, another link, or from another page", async () => {
    await post();
    expect((await post({ commentary: "Hello again" })).status).toBe(201);
    expect((await post({ content: { article: { source: "https://a.b", title: "A" } } })).status).toBe(201);
    const other = on.world.actor();
    const theirs = body({}, other.identity.externalId);
    expect((await ask(on, token(other), "POST", "/rest/posts", theirs)).status).toBe(201);
  });
});

describe("files", () => {
  const media = (id: string | undefined) => ({ content: { media: { id } } });

  it("cannot be used before they are there and done, nor by another page", async () => {
    const begin = { initializeUploadRequest: { owner: page.identity.externalId } };
    const { body: begun } = await ask(on, token(), "POST", "/rest/images?action=initializeUpload", begin);
    expect((await post(media(begun.value.image))).code).toBe("MEDIA_ASSET_WAITING_UPLOAD");
    const file = await anyFile(on.world, "image");
    const bytes = new Uint8Array(await (await on.world.shelf.access.open(file.id)).arrayBuffer());
    expect((await ask(on, null, "PUT", begun.value.uploadUrl, bytes)).status).toBe(401);
    expect((await ask(on, token(), "PUT", begun.value.uploadUrl, bytes)).status).toBe(201);
    expect((await post(media(begun.value.image))).code).toBe("MEDIA_ASSET_WAITING_UPLOAD");
    on.world.clock.advance(5000);
    const other = on.world.actor();
    const theirs = body(media(begun.value.image), other.identity.externalId);
    expect((await ask(on, token(other), "POST", "/rest/posts", theirs)).code).toBe("INVALID_IMAGE_ID");
    expect((await post(media(begun.value.image))).status).toBe(201);
  });

  it("are nobody's to upload for another author", async () => {
    const begin = { initializeUploadRequest: { owner: "urn:li:organization:1" } };
    expect((await ask(on, token(), "POST", "/rest/images?action=initializeUpload", begin)).status).toBe(403);
  });

  it("hide their state from a member, if they are pictures", async () => {
    const [image] = fileUrnsOf(
      await prepared(
        members.world,
        variant({ media: [await anyFile(members.world, "image")] }),
        member.call(),
      ),
    );
    expect((await ask(members, token(member), "GET", `/rest/images/${image}`)).code).toBe("ACCESS_DENIED");
  });

  it("of video are refused with a token beside the signed address, in another order, or with a part missing", async () => {
    const request = {
      owner: page.identity.externalId,
      fileSizeBytes: 5_000_000,
      uploadCaptions: false,
      uploadThumbnail: false,
    };
    const act = (name: string, json: object) =>
      ask(on, token(), "POST", `/rest/videos?action=${name}`, { [`${name}Request`]: json });
    const { video, uploadToken, uploadInstructions } = (await act("initializeUpload", request)).body.value;
    const [first, second] = uploadInstructions;
    const bytes = ({ firstByte, lastByte }: typeof first) => new Uint8Array(lastByte - firstByte + 1);
    expect((await ask(on, token(), "PUT", first.uploadUrl, bytes(first))).status).toBe(400);
    const one = (await ask(on, null, "PUT", first.uploadUrl, bytes(first))).headers.get("etag");
    const finish = (uploadedPartIds: unknown) =>
      act("finalizeUpload", { video, uploadToken, uploadedPartIds });
    expect((await finish([one])).code).toBe("MEDIA_ASSET_WAITING_UPLOAD");
    const two = (await ask(on, null, "PUT", second.uploadUrl, bytes(second))).headers.get("etag");
    expect((await finish([two, one])).code).toBe("INVALID_VALUE_FOR_FIELD");
    expect((await finish([one, two])).status).toBe(200);
    on.world.clock.advance(5000);
    expect((await ask(on, token(), "GET", `/rest/videos/${video}`)).body.status).toBe("PROCESSING_FAILED");
    expect((await post(media(video))).code).toBe("MEDIA_ASSET_PROCESSING_FAILED");
  });
});

describe("a member's token, as every app gets it", () => {
  it("may post as the member, and read nothing back", async () => {
    const { externalId } = await publishFully(members.world, member, variant());
    const author = encodeURIComponent(member.identity.externalId);
    for (const path of [
      `/rest/posts/${externalId}`,
      `/rest/posts?q=author&author=${author}`,
      `/rest/socialActions/${externalId}/comments`,
    ])
      expect((await ask(members, token(member), "GET", path)).code).toBe("ACCESS_DENIED");
  });

  it("is good for 150 requests until midnight UTC", async () => {
    const request = () => ask(members, token(member), "GET", "/v2/userinfo");
    const untilMidnightMs = 86_400_000 - (members.world.clock.now().getTime() % 86_400_000);
    members.world.clock.advance(untilMidnightMs);
    const statuses = await Promise.all(Array.from({ length: 151 }, request));
    expect(statuses.filter(({ status }) => status === 429)).toHaveLength(1);
    members.world.clock.advance(86_400_000);
    expect((await request()).status).toBe(200);
  });
});

it("nobody deletes another's post, and its thread's address leads to its page", async () => {
  const { externalId } = await publishFully(on.world, page, variant());
  const path = `/rest/posts/${encodeURIComponent(externalId)}`;
  expect((await ask(on, token(on.world.actor()), "DELETE", path)).status).toBe(403);
  on.world.clock.advance(5000);
  const parent = { externalId, rootExternalId: externalId };
  const comment = await publishFully(on.world, page, variant({ role: "comment" }), { parent });
  const thread = /urn:li:activity:\d+/.exec(comment.externalId)?.[0];
  const shown = await fetch(`${on.world.wire.url}/linkedin/feed/update/${thread}`);
  expect(decodeURIComponent(shown.url)).toMatch(new RegExp(`/linkedin/posts/${externalId}$`));
  expect([204, 204]).toEqual([
    (await ask(on, token(), "DELETE", path)).status,
    (await ask(on, token(), "DELETE", path)).status,
  ]);
  expect(page.posts()).toEqual([]);
});
