import { z } from "zod";
import { chooseInBrowser, offeredIn } from "../../accounts/oauth/choose-accounts.ts";
import { describeApp } from "../../accounts/oauth/describe-app.ts";
import { type Ended, finishConnection } from "../../accounts/oauth/finish-connection.ts";
import { openConnection } from "../../accounts/oauth/open-connection.ts";
import { type Platform, platforms } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { browserOf, knowBrowser } from "../login-cookie.ts";
import { choicePage, connectedPage, failedPage, sendLoginPage } from "../login-pages.ts";
import { loginStyle } from "../login-style.ts";
import { readForm } from "../read-form.ts";
import { type Ask, type Route, route } from "../route.ts";

const params = z.object({ platform: z.enum(platforms) });
const tag = "Logins";
const html = { description: "A page", type: "text/html" };
const anything = z.object({}).catchall(z.string().max(4000));

type AnyAsk = Ask<unknown, unknown, unknown>;

/** What happens in a person's browser while an account is linked. Bound to that browser by a cookie, not to a key. */
export const oauthRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/oauth/:platform/start",
    scope: "open",
    tag,
    summary: "The link that `/v1/accounts/connect` gave: leads to the platform's own login",
    params,
    query: z.object({ ticket: z.string().max(100) }),
    answers: { 302: { description: "To the platform" }, 404: html },
    handle: (ask) =>
      inPages(ask, ask.params.platform, async () => {
        const { world, request, response, query } = ask;
        const browser = knowBrowser(request, response, world.publicUrl);
        const { location } = await openConnection(world, query.ticket, browser);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        response.redirect(302, location);
      }),
  }),
  route({
    method: "get",
    path: "/oauth/:platform/callback",
    scope: "open",
    tag,
    summary: "Where the platform sends a person back to",
    params,
    query: anything,
    answers: { 200: html, 404: html },
    handle: (ask) =>
      inPages(ask, ask.params.platform, async () => {
        const {
          world,
          request,
          params: { platform },
          query,
        } = ask;
        const ended = await finishConnection(
          world,
          platform,
          new URLSearchParams(query as Record<string, string>),
          browserOf(request),
        );
        showEnd(ask, platform, ended);
      }),
  }),
  route({
    method: "get",
    path: "/oauth/:platform/client/:name",
    scope: "open",
    tag,
    summary: "What an app is that goes by this address at the platform's servers",
    params: params.extend({ name: z.string().max(100) }),
    answers: { 200: { description: "Its metadata", schema: z.record(z.string(), z.unknown()) } },
    refuses: ["not_found"],
    async handle({ world, params: { platform, name } }) {
      return { status: 200, body: await describeApp(world, platform, name) };
    },
  }),
  route({
    method: "get",
    path: "/oauth/choose",
    scope: "open",
    tag,
    summary: "Which of the accounts of a login to link",
    answers: { 200: html, 404: html },
    handle: (ask) => inPages(ask, undefined, () => showChoice(ask)),
  }),
  route({
    method: "post",
    path: "/oauth/choose",
    scope: "open",
    reads: "own",
    tag,
    summary: "Links the accounts that were chosen",
    answers: { 200: html, 404: html },
    handle: (ask) =>
      inPages(ask, undefined, async () => {
        const browser = browserOf(ask.request);
        const { platform } = await offeredIn(ask.world, browser);
        const chosen = (await readForm(ask.request, ask.response)).getAll("account");
        if (chosen.length === 0) return showChoice(ask);
        showEnd(ask, platform, await chooseInBrowser(ask.world, browser, chosen));
      }),
  }),
  route({
    method: "get",
    path: loginStyle.path,
    scope: "open",
    tag,
    summary: "The style of these pages",
    answers: { 200: { description: "The style", type: "text/css" } },
    async handle({ response }) {
      response.setHeader("Cache-Control", "public, max-age=86400");
      response.type("text/css").end(loginStyle.css);
      return undefined;
    },
  }),
];

/** People see a page where scripts would get a problem document. */
async function inPages(
  ask: Pick<AnyAsk, "response" | "world">,
  platform: Platform | undefined,
  answer: () => Promise<void>,
): Promise<undefined> {
  try {
    await answer();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const name = platform ? ask.world.adapters[platform].displayName : "The account";
    sendLoginPage(ask.response, 404, failedPage(name, error.message.replace(/\.$/, ""), null));
  }
  return undefined;
}

function showEnd(
  { world, response }: Pick<AnyAsk, "response" | "world">,
  platform: Platform,
  ended: Ended,
): void {
  const { displayName } = world.adapters[platform];
  if (ended.step === "choosing") response.redirect(303, "/oauth/choose");
  else if (ended.step === "connected")
    sendLoginPage(response, 200, connectedPage(displayName, ended.accountIds.length, ended.returnTo));
  else
    sendLoginPage(response, 200, failedPage(displayName, ended.message.replace(/\.$/, ""), ended.returnTo));
}

async function showChoice({
  world,
  request,
  response,
}: Pick<AnyAsk, "request" | "response" | "world">): Promise<void> {
  const { platform, identities } = await offeredIn(world, browserOf(request));
  sendLoginPage(response, 200, choicePage(world.adapters[platform].displayName, identities));
}
