import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { anyFile, publishFully } from "../../../test/contract/check.ts";
import type { Actor } from "../../../test/contract/world.ts";
import {
  type LinkedInWorld,
  linkedinOnPractice,
  variant,
} from "../../../test/support/linkedin-on-practice.ts";

let pages: LinkedInWorld;
let page: Actor;
beforeAll(async () => {
  pages = await linkedinOnPractice("pages");
});
afterAll(() => pages.world.close());
beforeEach(() => {
  page = pages.world.actor();
});

const link = "https://example.org/water";
const edit = (id: string, ...[of, by = page]: [ReturnType<typeof variant>, Actor?]) =>
  pages.world.adapter.edit?.(id, of, by.call());

describe("an edited post", () => {
  it("keeps what its article leads to, and has other words with every sign in its place", async () => {
    const { externalId } = await publishFully(pages.world, page, variant({ link }));
    const text = "Words (and more) #here | C# {not} *bold* \\ @nobody";
    await edit(externalId, variant({ text, link }));
    expect(page.posts()).toMatchObject([{ text, link, extra: { title: "example.org" } }]);
    expect(await pages.world.adapter.recent?.(new Date(0), page.call())).toMatchObject([{ text, link }]);
  });

  it("has its link in the text beside pictures", async () => {
    const media = [await anyFile(pages.world, "image", "A river")];
    const { externalId } = await publishFully(pages.world, page, variant({ media }));
    await edit(externalId, variant({ text: "New", media, link }));
    expect(page.posts()).toMatchObject([{ text: `New\n${link}`, media: [{ altText: "A river" }] }]);
  });

  it("is marked as edited, but not where nothing changed", async () => {
    const { externalId } = await publishFully(pages.world, page, variant());
    await edit(externalId, variant());
    expect(page.posts()[0]?.extra).not.toHaveProperty("editedAt");
    await edit(externalId, variant({ text: "New" }));
    expect(page.posts()[0]?.extra).toHaveProperty("editedAt");
  });

  it("may be a comment, but not somebody else's", async () => {
    const root = await publishFully(pages.world, page, variant());
    pages.world.clock.advance(5000);
    const parent = { externalId: root.externalId, rootExternalId: root.externalId };
    const below = variant({ role: "comment", text: "More" });
    const { externalId } = await publishFully(pages.world, page, below, { parent });
    await edit(externalId, { ...below, text: "More (of it)", link });
    expect(page.posts()).toMatchObject([{ text: variant().text }, { text: `More (of it)\n${link}` }]);
    await expect(edit(externalId, below, pages.world.actor())).rejects.toMatchObject({ kind: "forbidden" });
    await pages.world.adapter.delete?.(externalId, page.call());
    await expect(edit(externalId, below)).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "post_gone" },
    });
  });
});

describe("a member, whose posts LinkedIn shows to no app,", () => {
  it("can change the words of a post all the same", async () => {
    const members = await linkedinOnPractice("members");
    try {
      const member = members.world.actor();
      const { externalId } = await publishFully(members.world, member, variant());
      await members.world.adapter.edit?.(externalId, variant({ text: "New" }), member.call());
      expect(member.posts()).toMatchObject([{ text: "New" }]);
    } finally {
      await members.world.close();
    }
  });
});
