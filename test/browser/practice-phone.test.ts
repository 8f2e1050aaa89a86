import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { practice } from "../../src/adapters/instagram/practice.ts";
import { type PracticeServer, startPracticeNetwork } from "../../src/practice/server.ts";
import { describeInBrowser, openChromium, phone, watchedPage } from "../support/chromium.ts";
import { overflowing } from "../support/layout.ts";
import { tempFolder } from "../support/temp-folder.ts";

const caption = 'سلام <img src="x" onerror="intruded = 1">\nWater & light';
const altText = 'A "white" sail';

describeInBrowser("the phone on a timeline", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let network: PracticeServer;
  let browser: Browser;
  let picture: Buffer;

  beforeAll(async () => {
    [folder, browser] = await Promise.all([tempFolder(), openChromium()]);
    network = await startPracticeNetwork({
      host: "127.0.0.1",
      port: 0,
      dataDir: folder.path,
      platforms: [practice],
    });
    for (const handle of ["river_watch", "water_now"]) network.register("instagram", handle);
    picture = await sharp({ create: { width: 640, height: 640, channels: 3, background: "#2a6b99" } })
      .jpeg()
      .toBuffer();
  });
  afterAll(async () => {
    await browser?.close();
    await network?.close();
    await folder?.remove();
  });

  const choose = (page: Page, buffer: Buffer) =>
    page.getByLabel("Photo or video").setInputFiles({ name: "river.jpg", mimeType: "image/jpeg", buffer });

  it("posts, edits and deletes by keyboard, and keeps what is refused", async () => {
    const { page, told, foreign } = await watchedPage(browser, [network.url]);
    await page.setViewportSize(phone);
    await page.goto(`${network.url}/instagram`);
    await page.getByText("Post from the phone").press("Enter");
    await page.getByLabel("Who posts").selectOption({ label: "water_now" });
    await choose(page, Buffer.from("not a picture"));
    await page.getByLabel("Alt text").fill(altText);
    await page.getByLabel("Text", { exact: true }).fill(caption);
    expect(await overflowing(page)).toEqual([]);
    await page.getByRole("button", { name: "Post" }).press("Enter");
    expect(await page.getByRole("alert").innerText()).toContain("The only supported format is JPEG.");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("alert");
    expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe(caption);
    expect(await page.getByLabel("Alt text").inputValue()).toBe(altText);
    expect(await page.getByLabel("Who posts").evaluate((menu: HTMLSelectElement) => menu.value)).toBe(
      network.register("instagram", "water_now").externalId,
    );
    expect(await overflowing(page)).toEqual([]);
    expect(network.posts("instagram")).toEqual([]);

    await choose(page, picture);
    await page.getByRole("button", { name: "Post" }).press("Enter");
    await page.waitForURL("**/posts/*");
    await page.goto(`${network.url}/instagram`);
    expect(await page.locator(".post .text").innerText()).toBe(caption);
    expect(await page.locator(".post img").getAttribute("alt")).toBe(altText);
    expect(network.posts("instagram")).toMatchObject([{ handle: "water_now", text: caption }]);

    await page.locator(".when").click();
    await page.getByText("Edit on the phone").press("Enter");
    expect(await page.getByLabel("Text", { exact: true }).inputValue()).toBe(caption);
    await page.getByLabel("Text", { exact: true }).fill("Better");
    await page.getByRole("button", { name: "Save" }).press("Enter");
    await page.locator(".post .text", { hasText: "Better" }).waitFor();
    await page.getByText("Delete on the phone").press("Enter");
    expect(await overflowing(page)).toEqual([]);
    await page.getByRole("button", { name: "Delete" }).press("Enter");
    await page.getByText("Nothing posted yet").waitFor();
    expect(network.posts("instagram")).toEqual([]);
    expect(await page.evaluate(() => "intruded" in window)).toBe(false);
    expect(foreign).toEqual([]);
    expect(told.filter((line) => !line.includes("422"))).toEqual([]);
    await page.close();
  });

  it("takes nothing from a page that is not the network's", async () => {
    const { externalId } = network.register("instagram", "water_now");
    const form = `<form method="post" action="${network.url}/instagram/phone"><input name="identity" value="${externalId}"><button>Go</button></form>`;
    const stranger = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end(form);
    }).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const { port } = stranger.address() as AddressInfo;
    for (const name of ["127.0.0.1", "localhost"]) {
      const page = await browser.newPage();
      await page.goto(`http://${name}:${port}`);
      const [answer] = await Promise.all([page.waitForResponse(/phone/), page.getByText("Go").click()]);
      expect(answer.status()).toBe(403);
      await page.close();
    }
    stranger.close();
    stranger.closeAllConnections();
    expect(network.posts("instagram")).toEqual([]);
  });
});
