import type { IncomingMessage, ServerResponse } from "node:http";
import { isUrl } from "../domain/is-url.ts";
import { loopback } from "./address.ts";
import { type Body, readBody } from "./body.ts";
import type { Context, Corner } from "./corner.ts";
import type { PracticeFile, PracticeNetwork } from "./kit.ts";
import { sendPage } from "./pages.ts";
import { PhoneRefusal, type PracticePhone, seenFromPhone } from "./phone.ts";
import type { Draft } from "./phone-forms.ts";
import { realType } from "./real-type.ts";
import { send } from "./reply.ts";
import type { RouteMatch } from "./router.ts";

interface PhoneCall {
  readonly body: Body;
  /** Of the post that is to change. */
  readonly id: string;
  readonly network: PracticeNetwork;
}

/** Where a form is sent to, and what it does. */
export interface PhoneRoute {
  readonly method: "POST";
  readonly path: string;
  readonly form: Draft["form"];
  /** @returns the page to go on to, below the platform's; undefined: there is no such post @throws PhoneRefusal */
  act(call: PhoneCall): Promise<string | undefined>;
}

/** The forms of a platform's phone, as far as it has them. */
export function phoneRoutes(phone: PracticePhone | undefined): readonly PhoneRoute[] {
  if (!phone) return [];
  return [
    { method: "POST", path: "/phone", form: "post", act: (call) => compose(phone, call) },
    { method: "POST", path: "/phone/:id/edit", form: "edit", act: (call) => edit(phone, call) },
    { method: "POST", path: "/phone/:id/delete", form: "delete", act: (call) => remove(phone, call) },
  ];
}

/** Does what a form asks and leads on to the post, or shows the form again with the platform's refusal. */
export async function answerPhone(
  context: Context,
  corner: Corner,
  { route, params: { id } }: RouteMatch<PhoneRoute>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isFromOwnPage(request, context.ground.origin))
    return send(response, {
      status: 403,
      body: "This form was not sent from a page of the practice network.",
    });
  const body = await readBody(request, context.ground.uploads);
  try {
    const next = await route.act({ body, id: id ?? "", network: seenFromPhone(corner.network) });
    context.ground.store.flush();
    if (next === undefined) return sendPage(context, response, { status: 404 });
    const location = `/${corner.practice.platform}${next}`;
    send(response, { status: 303, headers: { location, "cache-control": "no-store" } });
  } catch (error) {
    if (!(error instanceof PhoneRefusal)) throw error;
    const draft: Draft = {
      form: route.form,
      postId: id ?? null,
      accountId: body.fields.identity ?? "",
      text: textIn(body),
      altText: body.fields.altText ?? "",
      refusal: error.message,
    };
    sendPage(context, response, { status: 422, corner, draft });
  }
}

async function compose(phone: PracticePhone, { body, network }: PhoneCall): Promise<string> {
  const { fields, files } = body;
  const identity = phone.identities(network).find(({ externalId }) => externalId === fields.identity);
  if (!identity) throw new PhoneRefusal("Nobody of that name is here. Choose who posts.");
  const file = await chosen(files.file);
  const wanted = { identity, text: textIn(body), file, altText: fields.altText ?? "" };
  return pageOf(await phone.post(wanted, network));
}

async function edit(phone: PracticePhone, { body, id, network }: PhoneCall): Promise<string | undefined> {
  const post = network.post(id);
  if (!post || !phone.edit) return undefined;
  await phone.edit(post, textIn(body), network);
  return pageOf(id);
}

async function remove(phone: PracticePhone, { id, network }: PhoneCall): Promise<string | undefined> {
  const post = network.post(id);
  if (!post || !phone.remove) return undefined;
  await phone.remove(post, network);
  return "";
}

function pageOf(id: string): string {
  return `/posts/${encodeURIComponent(id)}`;
}

/** Forms end lines as the network's old protocols do. */
function textIn({ fields }: Body): string {
  return (fields.text ?? "").replaceAll("\r\n", "\n");
}

/** A form without a file sends an empty one that has no name. Its type is what its bytes say, not what the browser says. */
async function chosen(file: PracticeFile | undefined): Promise<PracticeFile | undefined> {
  if (!file || (file.bytes === 0 && file.filename === "")) return undefined;
  return { ...file, mimeType: (await realType(file)) ?? "application/octet-stream" };
}

/**
 * Any web page can send a form to this machine, also under a name of its own that leads here. Browsers say where a form
 * comes from; who says nothing is none.
 */
function isFromOwnPage({ headers }: IncomingMessage, ownOrigin: string): boolean {
  const { origin, host = "", "sec-fetch-site": site = "same-origin" } = headers;
  if (site !== "same-origin") return false;
  if (origin === undefined) return true;
  if (origin === ownOrigin) return true;
  return isUrl(origin) && new URL(origin).host === host && loopback.has(new URL(origin).hostname);
}
