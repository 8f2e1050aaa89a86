import type { ComposedApi } from "./composed-api.ts";

/** A person's browser as far as a login needs it: it keeps the cookie, and follows nothing but to a login's end. */
export function openBrowser() {
  let cookie = "";
  return {
    async go(url: string, form?: Readonly<Record<string, string>>): Promise<Page> {
      const answer = await fetch(url, {
        redirect: "manual",
        headers: { ...(cookie && { cookie }) },
        ...(form && { method: "POST", body: new URLSearchParams(form) }),
      });
      cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      const location = answer.headers.get("location");
      if (location && /^\/oauth\/\w+\/ended\?/.test(location)) return this.go(new URL(location, url).href);
      return {
        status: answer.status,
        text: await answer.text(),
        location: location === null ? "" : new URL(location, url).href,
      };
    },
  };
}

export interface Page {
  readonly status: number;
  readonly text: string;
  /** Where it leads on to; empty: nowhere. */
  readonly location: string;
}

export interface BegunLogin {
  readonly id: string;
  readonly authorizeUrl: string;
}

export async function connect(
  api: Pick<ComposedApi, "call">,
  body: Readonly<Record<string, unknown>>,
): Promise<BegunLogin> {
  const { status, json, text } = await api.call("POST", "/v1/accounts/connect", {
    mode: "practice",
    ...body,
  });
  if (status !== 201) throw new Error(`${status}: ${text}`);
  return json as unknown as BegunLogin;
}

/** From our link to the address the platform sends the person back to, which is not opened yet. */
export async function allow(
  browser: ReturnType<typeof openBrowser>,
  authorizeUrl: string,
  handle: string,
  answer: "allow" | "deny" = "allow",
): Promise<string> {
  const { location: platformPage } = await browser.go(authorizeUrl);
  const { status, text } = await browser.go(platformPage);
  if (status !== 200 || !text.includes('name="handle"')) throw new Error(`No login there: ${status}`);
  const { location } = await browser.go(platformPage, { handle, answer });
  return location;
}
