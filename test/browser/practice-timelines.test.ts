import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import { type Platform, platforms } from "../../src/domain/platform.ts";
import type { PracticePost, PracticeRoute } from "../../src/practice/kit.ts";
import { plainLook } from "../../src/practice/look.ts";
import { practicePlatforms } from "../../src/practice/registry.ts";
import { type PracticeServer, startPracticeNetwork } from "../../src/practice/server.ts";
import { describeInBrowser, desktop, openChromium, phone, watchedPage } from "../support/chromium.ts";
import { overflowing } from "../support/layout.ts";
import { nastyStrings } from "../support/nasty-strings.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { tinyPlatform } from "../support/tiny-platform.ts";

const longWord = "W".repeat(5000);

describeInBrowser("the practice timelines", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let nasty: PracticeServer;
  let long: PracticeServer;
  let browser: Browser;

  beforeAll(async () => {
    folder = await tempFolder();
    browser = await openChromium();
    nasty = await startNetwork("nasty");
    long = await startNetwork("long");
    for (const platform of platforms) {
      await publish(nasty, platform, nastyStrings);
      await publish(long, platform, [longWord]);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([nasty?.close(), long?.close()]);
    await folder?.remove();
  });

  it.each(platforms)(
    `show ${nastyStrings.length} nasty strings as text on %s, run nothing and ask nobody else`,
    async (platform) => {
      expect(nastyStrings.length).toBeGreaterThanOrEqual(100);
      const { page, told, foreign } = await watchedPage(browser, [nasty.url]);
      const [texts, titles]: [string[], string[]] = [[], []];
      for (let next: string | null = `${nasty.url}/${platform}`; next !== null; ) {
        await page.goto(next);
        const seen = await page.evaluate(look);
        expect(seen).toMatchObject({
          intruded: false,
          badLinks: [],
          elements: [],
          attributes: [],
          unbound: [],
        });
        texts.push(...seen.texts);
        titles.push(...seen.titles);
        next = seen.older;
      }
      const all = new Set(nastyStrings.map(visible));
      expect(new Set(texts.map(visible))).toEqual(all);
      if (titles.length > 0) expect(new Set(titles.map(visible))).toEqual(all);
      expect(foreign).toEqual([]);
      expect(told.filter((line) => !line.includes("404"))).toEqual([]); // of the pictures that are not there
      await page.close();
    },
  );

  it.each([
    ["a phone", phone],
    ["a desktop", desktop],
  ])("fit %s, whatever is written on them", async (_name, viewport) => {
    const { page } = await watchedPage(browser, [long.url]);
    await page.setViewportSize(viewport);
    const paths = platforms.flatMap((name) => [`/${name}`, `/${name}/posts/0`, `/${name}/@${longWord}`]);
    for (const path of ["/", ...paths]) {
      expect((await page.goto(`${long.url}${path}`))?.status()).toBe(200);
      expect([path.slice(0, 40), await overflowing(page)]).toEqual([path.slice(0, 40), []]);
    }
    await page.close();
  });

  it("stand side by side, and lead on to all that was posted, a page at a time, and back", async () => {
    const { page } = await watchedPage(browser, [nasty.url]);
    await page.goto(nasty.url);
    expect(await page.locator(".feed").count()).toBe(platforms.length);
    const seen = new Set<string>();
    const linksOf = (selector: string) =>
      page.locator(selector).evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    for (let goesOn = true; goesOn; ) {
      for (const href of await linksOf(".reddit .forum .when")) seen.add(href);
      const [next] = await linksOf(".reddit .more a[rel=next]");
      goesOn = next !== undefined;
      if (next) await page.goto(next);
    }
    expect(seen.size).toBe(nastyStrings.length);
    expect(await linksOf(".reddit .more a")).toEqual([`${nasty.url}/reddit`]);
    await page.close();
  });

  it("open a post and a profile whatever their names are", async () => {
    for (const words of nastyStrings) {
      const profile = await fetch(`${nasty.url}/x/@${encodeURIComponent(words)}`);
      expect([words, profile.status]).toEqual([words, 200]);
    }
    expect((await fetch(`${nasty.url}/x/posts/${encodeURIComponent("<script>")}`)).status).toBe(404);
  });

  it("forbid scripts, foreign files, framing and forms by policy", async () => {
    for (const path of ["/", "/x", "/wordpress", "/x/posts/1", "/nowhere"]) {
      const policy = (await fetch(`${nasty.url}${path}`)).headers.get("content-security-policy");
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/script-src|unsafe|https?:|\*/);
    }
  });

  async function startNetwork(name: string): Promise<PracticeServer> {
    const network = await startPracticeNetwork({
      host: "127.0.0.1",
      port: 0,
      dataDir: `${folder.path}/${name}`,
      platforms: practicePlatforms.map(({ platform, look = plainLook }) => ({
        ...tinyPlatform,
        platform,
        look,
        routes: [takesAll],
      })),
    });
    return network;
  }
});

/** Many posts in one request. */
const takesAll: PracticeRoute = {
  method: "POST",
  path: "/all",
  maxJsonBytes: 10_000_000,
  publishes: () => true,
  handle({ json }, network) {
    for (const post of json as PracticePost[]) network.publish(post);
    return { status: 201 };
  },
};

async function publish(network: PracticeServer, platform: Platform, all: readonly string[]): Promise<void> {
  const { status } = await fetch(`${network.url}/${platform}/all`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(all.flatMap((words, index) => postsOf(words, index, network.url))),
  });
  expect(status).toBe(201);
}

/** A post with the same words wherever a platform may have some, and an answer to it. */
function postsOf(words: string, index: number, networkUrl: string): PracticePost[] {
  const names = "visibility language title subreddit flair board topic playlist categories tags".split(" ");
  const own = (name: string) => `${networkUrl}/media/${name}`;
  const post: PracticePost = {
    id: String(index),
    accountId: "1",
    handle: words,
    name: words,
    text: words,
    link: words === longWord ? `https://example.org/${words}` : words,
    media: [
      { url: own("none.png"), kind: "image", altText: words },
      { url: own("none.mp4"), kind: "video", altText: words },
      { url: words, kind: "video", altText: words },
    ],
    replyTo: null,
    createdAt: "2026-11-01T12:00:00.000Z",
    extra: {
      ...Object.fromEntries(names.map((name) => [name, words])),
      ...(index % 2 && { spoilerText: words }),
    },
  };
  return [post, { ...post, id: `answer-${index}`, media: [], link: null, replyTo: post.id, extra: {} }];
}

/** Runs in the page. */
function look() {
  const known =
    "A,ARTICLE,B,BLOCKQUOTE,BODY,BR,CODE,DETAILS,DIV,EM,FIGCAPTION,FIGURE,H1,H2,H3,H4,H5,H6,HEAD,HEADER,HR,HTML,IMG,LI,LINK,MAIN,META,NAV,OL,P,PRE,S,SECTION,SPAN,STRONG,SUMMARY,TABLE,TBODY,TD,TH,TIME,TITLE,TR,UL,VIDEO";
  const knownAttributes =
    "aria-hidden,aria-label,alt,charset,class,content,controls,datetime,dir,href,lang,loading,name,poster,preload,rel,src,title";
  const all = [...document.querySelectorAll("*")];
  const names = all.flatMap((element) => [...element.attributes].map(({ name }) => name));
  const links = [...document.querySelectorAll("a")];
  const wordsOf = (selector: string) =>
    [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? "");
  /** Words that may turn around what stands beside them. */
  const isUnbound = (element: Element) =>
    [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.includes("\u202E"),
    ) && !element.closest("[dir=auto], time, head");
  return {
    intruded: "intruded" in window,
    badLinks: links.map(({ href }) => href).filter((href) => !/^https?:/.test(href)),
    elements: all.map(({ tagName }) => tagName).filter((name) => !known.split(",").includes(name)),
    attributes: names.filter((name) => !knownAttributes.split(",").includes(name)),
    unbound: all.filter(isUnbound).map(({ tagName, className }) => `${tagName} ${className}`),
    texts: wordsOf("p.text"),
    titles: wordsOf(".title"),
    older: document.querySelector<HTMLAnchorElement>(".more a[rel=next]")?.href ?? null,
  };
}

/** HTML cannot carry NUL, and reads CR as a line's end. */
function visible(text: string): string {
  return text.replace(/[\0\uFFFD]/g, "");
}
