import type { Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { ask, findRecord } from "./api.ts";
import { isLogin } from "./login.ts";
import { type BlueskyCall, provenSession } from "./session.ts";
import { unreadable } from "./xrpc.ts";

/** Who these credentials speak for, as the server says today. */
export async function identify(call: BlueskyCall): Promise<Identity> {
  const { did, handle, active } = isLogin(call.credentials)
    ? await loggedIn(call, call.credentials.did)
    : await provenSession(call); // a session that lives on says nothing about its password
  if (!active)
    throw new PublishError(
      "forbidden",
      "This account is not active on this Bluesky server: reactivate it, or connect it at the server where it is now",
      { code: "AccountDeactivated" },
    );
  const place = { repo: did, collection: "app.bsky.actor.profile", rkey: "self" };
  const name = (await findRecord(call, place))?.value.displayName;
  return { externalId: did, handle, name: typeof name === "string" && name !== "" ? name : handle };
}

interface SessionView {
  readonly did?: unknown;
  readonly handle?: unknown;
  readonly active?: unknown;
}

async function loggedIn(
  call: BlueskyCall,
  expected: string,
): Promise<{ readonly did: string; readonly handle: string; readonly active: boolean }> {
  const { did, handle, active } = await ask<SessionView>(call, "com.atproto.server.getSession", {});
  if (did !== expected || typeof handle !== "string") throw unreadable();
  return { did: expected, handle, active: active !== false };
}
