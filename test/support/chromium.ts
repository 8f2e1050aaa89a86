import { describe } from "@jest/globals";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

const executablePath = process.env.CLARION_TEST_CHROMIUM || undefined;

/** A group of tests that need a real browser; left out, and counted as such, where there is none. */
export const describeInBrowser = executablePath ? describe : describe.skip;

export function openChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
}

export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 900 };

/** What a page did beside showing itself; all of it stays empty on a good page. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings of the console, and dialogs. */
  readonly told: string[];
  /** Addresses on other hosts that were asked for. */
  readonly foreign: string[];
}

/** @param origins where the page may ask */
export async function watchedPage(
  browser: Browser | BrowserContext,
  origins: readonly string[],
): Promise<Watched> {
  const page = await browser.newPage();
  const [told, foreign]: [string[], string[]] = [[], []];
  page.on("dialog", (dialog) => told.push(dialog.message()));
  page.on("pageerror", (error) => told.push(error.message));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) told.push(message.text());
  });
  page.on("request", (request) => {
    if (!origins.includes(new URL(request.url()).origin)) foreign.push(request.url());
  });
  return { page, told, foreign };
}
