import { z } from "zod";
import { chooseInBrowser, offeredIn } from "../../accounts/oauth/choose-accounts.ts";
import { describeApp } from "../../accounts/oauth/describe-app.ts";
import { endedIn, type LoginEnd } from "../../accounts/oauth/ended-in.ts";
import { type Ended, finishConnection } from "../../accounts/oauth/finish-connection.ts";
import { type NotTaken, notTaken, whyNotTaken } from "../../accounts/oauth/not-taken.ts";
import { openConnection } from "../../accounts/oauth/open-connection.ts";
import { type Platform, platforms } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { browserOf, knowBrowser } from "../login-cookie.ts";
import { choicePage, connectedPage, failedPage, sendLoginPage } from "../login-pages.ts";
import { loginStyle } from "../login-style.ts";
import { readForm } from "../read-form.ts";
import { type Ask, type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";

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
    answers: { 303: { description: "To what came of it, at an address that holds no code" }, 404: html },
    handle: (ask) =>
      inPages(ask, ask.params.platform, async () => {
        const {
          world,
          request,
          params: { platform },
          query,
        } = ask;
        const returned = new URLSearchParams(query as Record<string, string>);
        const ended = await finishConnection(world, platform, returned, browserOf(request)).catch(
          whenNotTaken,
        );
        leadOn(ask, platform, ended);
      }),
  }),
  route({
    method: "get",
    path: "/oauth/:platform/ended",
    scope: "open",
    tag,
    summary: "How a login ended, in the browser it was made in",
    params,
    query: z.object({ connection: id("con").optional(), because: z.enum(whyNotTaken).optional() }),
    answers: { 200: html, 404: html },
    handle: (ask) =>
      inPages(ask, ask.params.platform, async () => {
        const { connection, because = "gone" } = ask.query;
        if (connection === undefined) throw notTaken(because);
        const { platform } = ask.params;
        showEnd(ask, platform, await endedIn(ask.world, platform, connection, browserOf(ask.request)));
      }),
  }),
  route({
    method: "get",
    path: "/oauth/:platform/client/:name",
    scope: "open",
    tag,
    summary: "What an app is that goes by this address at the platform's servers",
    params: params.extend({ name: z.string().regex(/^[\w.-]{1,100}$/, "names no app") }),
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
    handle: (ask) => inPages(ask, undefined, () => showChoice(ask, "first")),
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
        if (chosen.length === 0) return showChoice(ask, "again");
        leadOn(ask, platform, await chooseInBrowser(ask.world, browser, chosen));
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
    sendLoginPage(ask.response, 404, failedPage(name, error.message, null));
  }
  return undefined;
}

/** What was not taken is told on a page too, at an address without the code that came along. */
function whenNotTaken(error: unknown): { readonly because: NotTaken } {
  if (error instanceof Refusal && "because" in error) return { because: error.because as NotTaken };
  throw error;
}

function leadOn(
  { response }: Pick<AnyAsk, "response">,
  platform: Platform,
  ended: Ended | { readonly because: NotTaken },
): void {
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cache-Control", "no-store");
  const end = "because" in ended ? `because=${ended.because}` : `connection=${ended.id}`;
  const isChoice = "step" in ended && ended.step === "choosing";
  response.redirect(303, isChoice ? "/oauth/choose" : `/oauth/${platform}/ended?${end}`);
}

function showEnd(
  { world, response }: Pick<AnyAsk, "response" | "world">,
  platform: Platform,
  { accounts, message, returnTo }: LoginEnd,
): void {
  const { displayName } = world.adapters[platform];
  const page =
    message === null
      ? connectedPage(displayName, accounts, returnTo)
      : failedPage(displayName, message, returnTo);
  sendLoginPage(response, 200, page);
}

async function showChoice(
  { world, request, response }: Pick<AnyAsk, "request" | "response" | "world">,
  time: "first" | "again",
): Promise<void> {
  const { platform, identities } = await offeredIn(world, browserOf(request));
  const { displayName } = world.adapters[platform];
  sendLoginPage(response, 200, choicePage(displayName, identities, time === "again"));
}
