import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import { useApi } from "../support/api.ts";

const executablePath = process.env.CLARION_TEST_CHROMIUM || undefined;
const api = useApi();
let browser: Browser;

(executablePath ? describe : describe.skip)("the API's documentation in a browser", () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath as string, args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());

  const open = async (path: string): Promise<{ page: Page; told: string[]; asked: string[] }> => {
    const context = await browser.newContext({
      httpCredentials: { username: "any", password: api.workspace.key },
    });
    const page = await context.newPage();
    const [told, asked]: [string[], string[]] = [[], []];
    page.on("console", (message) => told.push(message.text()));
    page.on("pageerror", (error) => told.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${api.url}${path}`);
    return { page, told, asked };
  };

  it("opens with the key as the password, and loads nothing from elsewhere", async () => {
    const { page, told, asked } = await open("/docs");
    await page.getByText("Write a post, and plan where and when it goes out").waitFor();
    expect(told).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(api.url) && !url.startsWith("data:"))).toEqual([]);
  });

  it("shows what a call takes, and tries it out", async () => {
    const { page, told } = await open("/docs");
    await page.getByRole("button", { name: "Authorize" }).first().click();
    await page.locator(".auth-container input").fill(api.workspace.key);
    await page.locator(".auth-container button[type=submit]").click();
    await page.locator(".auth-container .btn-done").click();
    await page.getByText("Deliveries by due time, latest first").click();
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    await page.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
    expect(told).toEqual([]);
  });

  it("lists every error code at the address that problems point to", async () => {
    const { page, told } = await open("/docs/errors#stale");
    const rowOf = (code: string) => page.locator("tr", { has: page.locator(`#${code}`) }).innerText();
    expect(await rowOf("stale")).toMatch(/412/);
    expect(await rowOf("needs_decision")).toMatch(/cannot tell/);
    expect(await rowOf("link_younger")).toMatch(/before the link/);
    expect(told).toEqual([]);
  });

  it("begins the page of errors with links to its headings, which lead there", async () => {
    const { page, told } = await open("/docs/errors");
    const links = page.getByRole("navigation").getByRole("link");
    expect(await links.allInnerTexts()).toEqual(["Problems", "Issues", "Deliveries", "Links"]);
    const isSeen = (name: string) =>
      page.getByRole("heading", { name }).evaluate((heading) => {
        const { top } = heading.getBoundingClientRect();
        return top >= 0 && top < innerHeight;
      });
    for (const name of await links.allInnerTexts()) {
      await links.filter({ hasText: name }).click();
      expect(new URL(page.url()).hash).toBe(`#${name.toLowerCase()}`);
      expect(await isSeen(name)).toBe(true);
      await page.goto(`${api.url}/docs/errors`);
    }
    expect(told).toEqual([]);
  });
});
