import { fetch as undiciFetch } from "undici";
import { wordpress } from "../../src/adapters/wordpress/index.ts";
import { practice } from "../../src/adapters/wordpress/practice.ts";
import type { Variant } from "../../src/domain/post.ts";
import { type Actor, type AnyCall, openWorld, type World } from "../contract/world.ts";

export type Person = ReturnType<typeof wordpressPerson>;
type Call = Parameters<typeof wordpress.publish>[1] & Parameters<NonNullable<typeof wordpress.prepare>>[1];

export function wordpressOnPractice(): Promise<World> {
  return openWorld(wordpress, practice);
}

/** An author at the pretend WordPress, whose requests are written down and may be answered or lost on the way. */
export function wordpressPerson(world: World, actor: Actor = world.actor()) {
  const asked: string[] = [];
  /** Requests (`POST /posts`) that reach the site, but whose answer is lost; each once. */
  const lost: string[] = [];
  /** Answers in place of the site's, by request; each once. */
  const instead = new Map<string, Response>();
  const fetching = async (url: string, init: RequestInit) => {
    const { pathname } = new URL(url);
    const request = `${init.method ?? "GET"} ${pathname.replace(/^.*\/wp\/v2/, "").replace(/\d+$/, ":id")}`;
    asked.push(request);
    const given = instead.get(request);
    if (given && instead.delete(request)) return given;
    const answer = await undiciFetch(url, init as never);
    const isLost = lost.includes(request) && lost.splice(lost.indexOf(request), 1).length > 0;
    if (isLost) throw Object.assign(new TypeError("fetch failed"), { code: "ECONNRESET" });
    return answer;
  };
  const { username = "", applicationPassword = "" } = actor.identity.credentials;
  return {
    actor,
    asked,
    lost,
    instead,
    call: (changes: Partial<AnyCall> = {}) =>
      ({ ...actor.call({ fetch: fetching as never, ...changes }) }) as unknown as Call,
    /** The API by itself. */
    async api(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`${world.practice.url}/wordpress/wp-json/wp/v2${path}`, {
        method,
        headers: {
          authorization: `Basic ${btoa(`${username}:${applicationPassword}`)}`,
          "content-type": "application/json",
          ...headers,
        },
        ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
  };
}

export function article(changes: Partial<Variant> = {}): Variant {
  const options = { title: "Clean water", ...changes.options };
  return { role: "post", text: "Clean water is a right.", link: null, media: [], ...changes, options };
}
