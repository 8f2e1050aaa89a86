import { reddit } from "../../src/adapters/reddit/index.ts";
import { practice } from "../../src/adapters/reddit/practice.ts";
import type { Variant } from "../../src/domain/post.ts";
import type { PracticeIdentity } from "../../src/practice/kit.ts";
import { type AnyAdapter, openWorld, type World } from "../contract/world.ts";

/** Reddit on a practice network of its own, with a clock that the test moves. */
export function redditOnPractice(): Promise<World> {
  return openWorld(reddit as unknown as AnyAdapter, practice);
}

export function variant(part: Partial<Variant> = {}, options: Variant["options"] = {}): Variant {
  return {
    role: "post",
    text: "Clean water is a right.",
    link: null,
    media: [],
    ...part,
    options: { subreddit: "Clarion", title: "A question of water", ...options },
  };
}

export type Fields = Readonly<Record<string, string>>;

/** Asks Reddit itself, without the adapter, as an app that says who it is. Forms are sent as Reddit wants them. */
export async function ask(
  world: World,
  identity: PracticeIdentity | null,
  method: string,
  path: string,
  body?: Fields | { readonly json: unknown },
) {
  const isJson = body !== undefined && "json" in body;
  const type = isJson ? "application/json" : "application/x-www-form-urlencoded";
  const form = new URLSearchParams({ api_type: "json", ...(isJson ? {} : (body as Fields | undefined)) });
  const response = await fetch(`${world.wire.url}/reddit${path}`, {
    method,
    redirect: "manual",
    headers: {
      "user-agent": "web:test:v1 (by /u/tester)",
      ...(identity && { authorization: `Bearer ${identity.credentials.accessToken}` }),
      ...(body && { "content-type": type }),
    },
    ...(body && { body: isJson ? JSON.stringify(body.json) : form.toString() }),
  });
  const text = await response.text();
  const { status, headers } = response;
  const answer = text.startsWith("{") ? JSON.parse(text) : text;
  return { status, headers, body: answer, code: answer?.json?.errors?.[0]?.[0] ?? answer?.reason };
}
