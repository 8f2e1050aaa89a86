import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { adapters } from "../../src/adapters/registry.ts";
import { describeInBrowser, openChromium, phone, type Watched, watchedPage } from "../support/chromium.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";
import { overflowing } from "../support/layout.ts";
import { type BegunLogin, connect } from "../support/login.ts";

const withLogin = Object.values(adapters).filter(({ auth }) => auth.oauth);
const secret = /[?&#](code|state|ticket|token|access_token|refresh_token)=/;

describeInBrowser("a person who logs in with a real browser", () => {
  let api: ComposedApi;
  let browser: Browser;
  beforeAll(async () => {
    [api, browser] = [await startComposedApi(), await openChromium()];
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
  });

  describe.each(withLogin.map(({ platform, displayName }) => ({ platform, displayName })))(
    "at $displayName",
    ({ platform, displayName }) => {
      it("allows, and has an account and a way back", async () => {
        const person = await newPerson();
        const begun = await begin(person, platform);
        await answer(person.page, "Allow");
        await chooseFirst(person);
        await shows(person, `${displayName} is connected`);
        expect(await person.page.getByRole("link", { name: "Continue" }).getAttribute("href")).toBe(
          "/accounts",
        );
        const { step, accountIds } = await viewOf(begun);
        expect(step).toBe("connected");
        const { json } = await api.call("GET", `/v1/accounts/${accountIds[0]}`);
        expect(json).toMatchObject({ platform, state: "active", mode: "practice" });
        await person.page.reload(); // tells it again, and does nothing again
        await shows(person, `${displayName} is connected`);
        await leave(person);
      });

      it("cancels, and is told that nothing was changed", async () => {
        const before = (await api.call("GET", "/v1/accounts")).json.data.length;
        const person = await newPerson();
        const begun = await begin(person, platform);
        await answer(person.page, "Cancel");
        await shows(person, `${displayName} was not connected`);
        expect(await person.page.locator("main").innerText()).toContain("You did not allow Clarion");
        expect(await viewOf(begun)).toMatchObject({ step: "failed", accountIds: [] });
        expect((await api.call("GET", "/v1/accounts")).json.data).toHaveLength(before);
        await leave(person);
      });

      it("comes back a second time, or in another browser, and is refused in words", async () => {
        const [person, stranger] = [await newPerson(), await newPerson()];
        const begun = await begin(person, platform);
        const callback = person.context.waitForEvent("request", (request) =>
          /\/oauth\/\w+\/callback/.test(request.url()),
        );
        await answer(person.page, "Allow");
        const address = (await callback).url();
        await chooseFirst(person);
        await shows(person, `${displayName} is connected`);
        for (const one of [person, stranger]) {
          await one.page.goto(address);
          await refused(one, displayName);
        }
        expect((await viewOf(begun)).step).toBe("connected");
        await Promise.all([leave(person, 1), leave(stranger, 1)]);
      });
    },
  );

  interface Person extends Watched {
    readonly context: BrowserContext;
    /** What was sent as Referer. */
    readonly referers: string[];
  }

  async function newPerson(): Promise<Person> {
    const context = await browser.newContext({ viewport: phone });
    const referers: string[] = [];
    context.on("request", async (request) => {
      const { referer } = await request.allHeaders().catch((): Record<string, string> => ({}));
      if (referer !== undefined) referers.push(referer);
    });
    return { context, referers, ...(await watchedPage(context, [api.url, api.practice.url])) };
  }

  /** From our link to the platform's page. */
  async function begin(person: Person, platform: string): Promise<BegunLogin> {
    const begun = await connect(api, { platform, returnTo: "/accounts" });
    await person.page.goto(begun.authorizeUrl);
    expect(new URL(person.page.url()).origin).toBe(new URL(api.practice.url).origin);
    expect(await overflowing(person.page)).toEqual([]);
    return begun;
  }

  async function answer(page: Page, button: "Allow" | "Cancel"): Promise<void> {
    await page.getByLabel("Who are you?").fill("water_now");
    await page.getByRole("button", { name: button }).click();
  }

  /** Where a login may post as several. */
  async function chooseFirst({ page }: Person): Promise<void> {
    await page.waitForURL(/\/oauth\/(choose|\w+\/ended)/);
    if (new URL(page.url()).pathname !== "/oauth/choose") return;
    expect(await overflowing(page)).toEqual([]);
    await page.getByRole("button", { name: "Connect" }).click();
    await page.getByText("Choose at least one").waitFor();
    await page.getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Connect" }).click();
  }

  async function shows({ page }: Person, heading: string): Promise<void> {
    await page.getByRole("heading", { name: heading }).waitFor();
    expect(page.url()).not.toMatch(secret);
    expect(await overflowing(page)).toEqual([]);
  }

  async function refused(person: Person, displayName: string): Promise<void> {
    await shows(person, `${displayName} was not connected`);
    expect(await person.page.locator("main").innerText()).toContain("Start connecting the account again");
  }

  /** @param refusals how many pages were answered with an error status, which browsers tell their console */
  async function leave({ context, told, foreign, referers }: Person, refusals = 0): Promise<void> {
    const statuses = told.filter((line) => line.includes("status of 404"));
    expect(statuses.length).toBeLessThanOrEqual(refusals);
    expect(told.filter((line) => !statuses.includes(line))).toEqual([]);
    expect(foreign).toEqual([]);
    expect(referers.filter((address) => secret.test(address))).toEqual([]);
    await context.close();
  }

  async function viewOf({ id }: BegunLogin) {
    const { json } = await api.call("GET", `/v1/accounts/connections/${id}`);
    return json as unknown as { readonly step: string; readonly accountIds: readonly string[] };
  }
});
