import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import type { Step } from "../../src/publishing/engine.ts";
import { photo } from "../support/mirror-stage.ts";
import { describeWithRealNetwork, openRealNetwork, type RealNetwork } from "../support/real-network.ts";
import { until } from "../support/until.ts";

interface Article {
  readonly id: number;
  readonly link: string;
  readonly title: { readonly rendered: string };
  readonly content: { readonly rendered: string };
  readonly featured_media: number;
}

interface InLibrary {
  readonly id: number;
  readonly source_url: string;
  readonly alt_text: string;
  readonly media_details: { readonly sizes: Readonly<Record<string, { readonly source_url: string }>> };
}

const timeoutMs = 120_000;

// Servers that are not ours, and posts that were made there with other software: what these say holds for the real ones.
describeWithRealNetwork(
  "between a real Bluesky server and a real WordPress, linked in both directions",
  () => {
    let on: RealNetwork;
    let seed = 700;
    beforeAll(async () => {
      on = await openRealNetwork();
      const { bluesky, wordpress } = on.accounts;
      const title = { options: { title: "{title}" } };
      const link = (source: string, target: string, more: object) =>
        on.stage.call("POST", "/v1/links", { source, targets: [target], review: false, ...more });
      await link(bluesky, wordpress, {
        filter: { languages: ["az"] },
        transform: { byTarget: { wordpress: title } },
      });
      await link(wordpress, bluesky, {});
    }, timeoutMs);
    afterEach(() => expect(on.cut).toEqual([]));
    afterAll(() => on?.close());

    const picture = async (altText: string) => ({ bytes: await photo(++seed), altText });
    const articles = (word: string) => on.rest<Article[]>(`/posts?search=${word}&status=any&context=edit`);
    const library = async (altText: string) =>
      (await on.rest<InLibrary[]>("/media?per_page=100")).filter((file) => file.alt_text === altText);

    /** With a process that works, until nothing is left to do. */
    async function atWork(during: () => unknown): Promise<void> {
      const worker = await on.stage.process(null);
      worker.begin();
      try {
        await during();
        await on.stage.settled();
      } finally {
        await worker.end();
      }
    }

    async function expectOnBoth(word: string, altText: string): Promise<void> {
      const [article, ...others] = await articles(word);
      expect(others).toEqual([]);
      expect(article?.title).toMatchObject({ raw: `${word} təmiz su.` });
      const text = `${word} təmiz su. Hamı üçün: https://example.org/su #su`;
      expect(article?.content.rendered.replace(/<[^>]+>/g, "").trim()).toBe(text);
      expect(article?.content.rendered).toContain('href="https://example.org/su"');
      const [file, ...copies] = await library(altText);
      expect(copies).toEqual([]);
      expect(file?.id).toBe(article?.featured_media);
      expect((await fetch(file?.source_url ?? "")).headers.get("content-type")).toBe("image/jpeg");
      expect(await on.skeets(word)).toHaveLength(1);
    }

    it.each<[string, Step | null]>([
      ["and nothing else happens", null],
      ["and all that works is killed when its picture was just fetched", "fetched"],
      ["and all that works is killed when WordPress had just answered", "answered"],
    ])(
      "a post with a picture becomes one article, %s",
      async (_what, step) => {
        const word = `Quyu${step ?? ""}`;
        const altText = `Quyu "başında" qız & ${step}`;
        const doomed = step && (await on.stage.process(step));
        await on.skeet(
          `${word} təmiz su. Hamı üçün: https://example.org/su #su`,
          "az",
          await picture(altText),
        );
        doomed?.begin();
        if (doomed) expect(await doomed.ended).toBe("SIGKILL");
        await atWork(() => until("it is there", async () => (await articles(word))[0], 60_000));
        await expectOnBoth(word, altText);
        expect(await on.stage.fates(word)).toMatchObject([
          { platform: "bluesky", state: "shared", notes: [] },
          { platform: "wordpress", state: "skipped", reason: "own" },
        ]);
      },
      timeoutMs,
    );

    it(
      "a post in a language that the link does not share becomes none",
      async () => {
        await on.skeet("Brunnen", "de", await picture("Ein Brunnen"));
        await atWork(() => undefined);
        expect(await on.stage.fates("Brunnen")).toMatchObject([{ platform: "bluesky", state: "skipped" }]);
        expect(await articles("Brunnen")).toEqual([]);
      },
      timeoutMs,
    );

    it.each([false, true])(
      "what Clarion itself posts becomes none, its answer lost: %s",
      async (isLost) => {
        const word = isLost ? "Ourslost" : "Ourskept";
        if (isLost) on.cut.push((_method, path) => path.endsWith("putRecord"));
        const body = { text: `${word} itself`, accounts: [on.accounts.bluesky], dueAt: "now" };
        await on.stage.call("POST", "/v1/posts", body);
        await atWork(() => until("it is there", async () => (await on.skeets(word))[0], 60_000));
        expect(await on.skeets(word)).toHaveLength(1);
        expect(await on.stage.fates(word)).toMatchObject([
          { platform: "bluesky", state: "skipped", reason: "own" },
        ]);
        expect(await articles(word)).toEqual([]);
      },
      timeoutMs,
    );

    it(
      "an article with its picture on top and in its text becomes one post with one picture and its link",
      async () => {
        const file = await upload(on, await photo(++seed), "A girl at the pump");
        const { link } = await write(on, file);
        await atWork(() => until("it is there", async () => (await on.skeets("Pumps"))[0], 60_000));
        const [post, ...others] = await on.skeets("Pumps");
        expect(others).toEqual([]);
        expect(post?.value.text).toMatch(/^Pumps & pipes\n\nWater for all .* …\nhttp\S+$/s);
        expect(post?.value.facets?.at(-1)?.features).toMatchObject([{ uri: link }]);
        expect(post?.value.embed?.images).toMatchObject([{ alt: "A girl at the pump" }]);
        expect(await articles("Pumps")).toHaveLength(1);
      },
      timeoutMs,
    );
  },
);

async function upload({ rest }: RealNetwork, bytes: Uint8Array, altText: string): Promise<InLibrary> {
  const headers = { "content-type": "image/jpeg", "content-disposition": 'attachment; filename="pump.jpg"' };
  const { id } = await rest<InLibrary>("/media", { method: "POST", headers, body: new Uint8Array(bytes) });
  return rest(`/media/${id}`, post({ alt_text: altText }));
}

/** As its own editor writes: the text shows a smaller copy of the file. */
function write(
  { rest }: RealNetwork,
  { id, alt_text: alt, source_url, media_details }: InLibrary,
): Promise<Article> {
  const { source_url: src } = media_details.sizes.medium ?? { source_url };
  const image = `<!-- wp:image {"id":${id},"sizeSlug":"medium"} -->
<figure class="wp-block-image size-medium"><img src="${src}" alt="${alt}" class="wp-image-${id}"/></figure>
<!-- /wp:image -->`;
  const text = "Water for all in the valley, and pipes that last. ".repeat(12);
  const content = `<!-- wp:paragraph --><p>${text}</p><!-- /wp:paragraph -->${image}`;
  return rest("/posts", post({ title: "Pumps & pipes", content, status: "publish", featured_media: id }));
}

function post(body: object): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
