import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Browser, chromium } from "playwright-core";
import { type PracticeServer, startPracticeNetwork } from "../../src/practice/server.ts";
import { nastyStrings } from "../support/nasty-strings.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { tinyPlatform } from "../support/tiny-platform.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const inBrowser = executablePath ? describe : describe.skip;

inBrowser(`the practice timelines${executablePath ? "" : " (left out: no Chromium here)"}`, () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let network: PracticeServer;
  let browser: Browser;

  beforeAll(async () => {
    folder = await tempFolder();
    network = await startPracticeNetwork({
      host: "127.0.0.1",
      port: 0,
      dataDir: folder.path,
      platforms: [tinyPlatform],
    });
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
    network.register("x", "water_now");
    for (const [index, nasty] of nastyStrings.entries()) {
      const extra = { spoilerText: index % 2 ? nasty : "", visibility: nasty, language: nasty };
      await post({ id: String(index), text: nasty, name: nasty, link: nasty, extra });
      await post({
        id: `picture-${index}`,
        text: nasty,
        handle: nasty,
        replyTo: String(index),
        media: [
          { url: `${network.url}/media/none.png`, kind: "image", altText: nasty },
          { url: nasty, kind: "video", altText: nasty },
        ],
      });
    }
  });
  afterAll(async () => {
    await browser?.close();
    await network?.close();
    await folder?.remove();
  });

  it(`show ${nastyStrings.length} nasty strings as text, run nothing and ask nobody else`, async () => {
    expect(nastyStrings.length).toBeGreaterThanOrEqual(100);
    const page = await browser.newPage();
    const foreign: string[] = [];
    page.on("dialog", () => foreign.push("a dialog"));
    page.on("request", (request) => {
      if (!request.url().startsWith(`${network.url}/`)) foreign.push(request.url());
    });
    const texts: string[] = [];
    for (let next: string | null = `${network.url}/x`; next !== null; ) {
      await page.goto(next);
      const seen = await page.evaluate(look);
      expect(seen).toMatchObject({ intruded: false, badLinks: [], elements: [], attributes: [] });
      texts.push(...seen.texts);
      next = seen.older;
    }
    expect(new Set(texts.map(visible))).toEqual(new Set(nastyStrings.map(visible)));
    expect(foreign).toEqual([]);
    await page.close();
  });

  it("open a post and a profile whatever their names are", async () => {
    for (const nasty of nastyStrings) {
      const profile = await fetch(`${network.url}/x/@${encodeURIComponent(nasty)}`);
      expect([nasty, profile.status]).toEqual([nasty, 200]);
    }
    expect((await fetch(`${network.url}/x/posts/${encodeURIComponent("<script>")}`)).status).toBe(404);
  });

  it("forbid scripts, foreign files, framing and forms by policy", async () => {
    for (const path of ["/", "/x", "/x/posts/1", "/nowhere"]) {
      const policy = (await fetch(`${network.url}${path}`)).headers.get("content-security-policy");
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/script-src|unsafe|https?:|\*/);
    }
  });

  function post(body: object): Promise<Response> {
    return fetch(`${network.url}/x/posts`, {
      method: "POST",
      headers: { authorization: "Bearer token-of-water_now", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }
});

/** Runs in the page. */
function look() {
  const known =
    "A,ARTICLE,B,BODY,DETAILS,DIV,FIGCAPTION,FIGURE,H1,H2,HEAD,HEADER,HTML,IMG,LINK,MAIN,META,NAV,P,SECTION,SPAN,SUMMARY,TIME,TITLE,VIDEO";
  const knownAttributes =
    "aria-hidden,aria-label,alt,charset,class,content,controls,datetime,dir,href,lang,loading,name,preload,rel,src,title";
  const all = [...document.querySelectorAll("*")];
  const names = all.flatMap((element) => [...element.attributes].map(({ name }) => name));
  const links = [...document.querySelectorAll("a")];
  return {
    intruded: "intruded" in window,
    badLinks: links.map(({ href }) => href).filter((href) => !/^https?:/.test(href)),
    elements: all.map(({ tagName }) => tagName).filter((name) => !known.split(",").includes(name)),
    attributes: names.filter((name) => !knownAttributes.split(",").includes(name)),
    texts: [...document.querySelectorAll(".text")].map(({ textContent }) => textContent ?? ""),
    older: document.querySelector<HTMLAnchorElement>(".more a")?.href ?? null,
  };
}

/** HTML cannot carry NUL, and reads CR as a line's end. */
function visible(text: string): string {
  return text.replace(/[\0\uFFFD]/g, "");
}
