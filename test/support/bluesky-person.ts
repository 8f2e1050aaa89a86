import { expect } from "@jest/globals";
import type { World } from "../contract/world.ts";

const post = "app.bsky.feed.post";
export const rkey = "3lxgcnyjyze6i";

export type Person = Awaited<ReturnType<typeof blueskyPerson>>;

/** Somebody who is signed in at the pretend Bluesky, and asks it without the adapter. */
export async function blueskyPerson(world: World) {
  const actor = world.actor();
  const did = actor.identity.externalId;
  const { identifier = "", password = "" } = actor.identity.credentials;
  const base = `${world.practice.url}/bluesky/xrpc`;
  const send = async (nsid: string, init: RequestInit, token: string | null) => {
    const headers = { ...init.headers, ...(token !== null && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${base}/${nsid}`, { ...init, headers });
    const body = await response.json().catch(() => ({}));
    return { status: response.status, headers: response.headers, body: body as Record<string, unknown> };
  };
  const input = (nsid: string, body: object, token: string | null) =>
    send(
      nsid,
      { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
      token,
    );
  const login = (secret: string) =>
    input("com.atproto.server.createSession", { identifier, password: secret }, null);
  const session = (await login(password)).body;
  const [accessJwt, refreshJwt] = [String(session.accessJwt), String(session.refreshJwt)];
  return {
    actor,
    did,
    accessJwt,
    refreshJwt,
    login,
    post: input,
    uri: (key: string) => `at://${did}/${post}/${key}`,
    refresh: (token: string) => send("com.atproto.server.refreshSession", { method: "POST" }, token),
    get: (nsid: string, query: Record<string, string>) =>
      send(`${nsid}?${new URLSearchParams(query)}`, {}, accessJwt),
    upload: (bytes: Uint8Array<ArrayBuffer>, type: string) =>
      send(
        "com.atproto.repo.uploadBlob",
        { method: "POST", headers: { "content-type": type }, body: bytes },
        accessJwt,
      ),
    put: (changes: object, token: string | null = accessJwt) => {
      const asked = { repo: did, collection: post, rkey, record: text("Hello"), swapRecord: null };
      return input("com.atproto.repo.putRecord", { ...asked, ...changes }, token);
    },
  };
}

/** A record of a post. */
export function text(words: string, more: object = {}): object {
  return { text: words, createdAt: "2026-11-20T12:00:00Z", ...more };
}

/** A refusal, for `toEqual`. */
export function no(error: string, message: unknown): object {
  return { status: 400, headers: expect.anything(), body: { error, message } };
}
