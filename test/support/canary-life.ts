import type { Platform } from "../../src/domain/platform.ts";
import type { CanaryStage } from "./canary-stage.ts";

/** What a story is told with. */
export interface Cast {
  readonly stage: CanaryStage;
  readonly life: CanaryLife;
}

export type CanaryLife = ReturnType<typeof canaryLife>;

interface Heard {
  readonly status: number;
  readonly text: string;
  readonly location: string;
  readonly json: Record<string, unknown> & { readonly id: string };
}

/**
 * People and scripts at a product whose every answer is written down, headers and all. A secret may stand in one
 * place: the link where it is given, the cookie and the redirect of the browser it is for. There alone it is taken out.
 */
export function canaryLife(stage: CanaryStage) {
  const answers: string[] = [];
  let keys = 0;

  async function ask(url: string, init: RequestInit, own: readonly string[] = []): Promise<Heard> {
    // A connection kept alive may be closed by the server at the moment it is used again.
    const headers = { connection: "close", ...init.headers };
    const answer = await fetch(url, { redirect: "manual", ...init, headers });
    const text = await answer.text();
    const location = answer.headers.get("location") ?? "";
    let said = `${init.method} ${new URL(url).pathname} ${answer.status}\n${JSON.stringify([...answer.headers])}\n${text}`;
    const secrets = own.includes("cookie") ? [cookieOf(answer), stateOf(location)] : [];
    if (own.includes("link")) secrets.push(/ticket=([\w-]+)/.exec(text)?.[1] ?? "");
    for (const secret of secrets.filter((one) => one !== "")) {
      stage.canaries.add(own.join(), secret);
      said = said.replaceAll(secret, "its one place");
    }
    answers.push(said);
    const isJson = /json/.test(answer.headers.get("content-type") ?? "");
    return { status: answer.status, text, location, json: isJson && text ? JSON.parse(text) : {} };
  }

  const call = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    own?: string[],
  ) =>
    ask(
      `${stage.origin}${path}`,
      {
        method,
        headers: {
          authorization: `Bearer ${stage.apiKey}`,
          ...(body !== undefined && !(body instanceof FormData) && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && {
          body: body instanceof FormData || typeof body === "string" ? body : JSON.stringify(body),
        }),
      },
      own,
    );

  /** Begins a login; every one with an Idempotency-Key, whose answers are kept for a day. */
  const begin = (body: object) =>
    call("POST", "/v1/accounts/connect", body, { "idempotency-key": `login-${++keys}` }, ["link"]);

  return {
    answers,
    call,
    begin,
    /** From our link to the callback's address, which is not opened yet. */
    async upToCallback(
      body: object,
      answer = "allow",
    ): Promise<{ id: string; callback: string; cookie: string }> {
      const begun = await begin(body);
      const link = String(begun.json.authorizeUrl);
      const started = await fetch(link, { redirect: "manual" });
      const cookie = (started.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      const page = started.headers.get("location") ?? "";
      stage.canaries.add("cookie", cookie.split("=")[1]);
      stage.canaries.add("state", stateOf(page));
      answers.push((await started.text()).replaceAll(stateOf(page) || "no state", "its one place"));
      if (!page.startsWith(stage.tap.url)) return { id: begun.json.id, callback: page, cookie };
      const form = new URLSearchParams({ handle: "water_now", answer });
      const sent = await fetch(page, { method: "POST", body: form, redirect: "manual" });
      return { id: begun.json.id, callback: sent.headers.get("location") ?? "", cookie };
    },
    /** Opens the callback's address, and the one it leads on to, which tells what came of it. */
    async open(url: string, cookie: string): Promise<Heard> {
      const visit = (address: string) => ask(address, { method: "GET", headers: { cookie } }, ["cookie"]);
      const first = await visit(url);
      return first.location === "" ? first : visit(new URL(first.location, url).href);
    },
    link: (platform: Platform, handle: string) =>
      call("POST", "/v1/accounts", { platform, mode: "practice", handle }),
  };
}

function cookieOf(answer: Response): string {
  return /clarion_login=([\w-]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
}

function stateOf(location: string): string {
  return URL.canParse(location) ? (new URL(location).searchParams.get("state") ?? "") : "";
}
