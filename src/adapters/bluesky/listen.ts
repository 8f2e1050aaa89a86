import type { ListenCall } from "../contract/listen.ts";
import { PublishError } from "../contract/publish-error.ts";
import { postCollection } from "./api.ts";
import { reposIn } from "./repo-frames.ts";
import { type BlueskyCredentials, sessionFor } from "./session.ts";

type Bluesky = ListenCall<BlueskyCredentials>;

// What a frame and, as JSON, a record may have, in the words of Bluesky's own library:
// https://github.com/bluesky-social/indigo/blob/main/atproto/data/const.go (checked 2026-11)
const maxFrameBytes = 5 * 1024 * 1024;
const maxEventBytes = 3 * 1024 * 1024; // a record and what is said about it

/**
 * A server of somebody's own tells what its few accounts do. Bluesky's own are home to everybody, and too much to listen to:
 * there Jetstream tells of one account. Both are public, so no login goes there.
 */
export async function listen(call: Bluesky): Promise<void> {
  const { api, stream } = call.baseUrl;
  const isAtBluesky = isBlueskys(api) || isBlueskys((await sessionFor(call)).server);
  if (!isAtBluesky) return listenToServer(call, api);
  if (stream === undefined) throw new PublishError("forbidden", "Nobody is to be listened to here");
  return listenToJetstream(call, stream);
}

/** https://docs.bsky.app/docs/advanced-guides/entryway (checked 2026-11) */
function isBlueskys(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === "bsky.social" || hostname.endsWith(".host.bsky.network");
}

/** From now on, for without a cursor nothing is told again. https://atproto.com/specs/event-stream (checked 2026-11) */
function listenToServer(call: Bluesky, server: string): Promise<void> {
  return call.stream(`${webSocket(server)}/xrpc/com.atproto.sync.subscribeRepos`, {
    maxMessageBytes: maxFrameBytes,
    onMessage(frame) {
      if (typeof frame !== "string" && reposIn(frame, postCollection).includes(call.account.externalId))
        call.ring();
    },
  });
}

/**
 * https://github.com/bluesky-social/jetstream-legacy#consuming-jetstream; its successor has the same addresses and messages:
 * https://github.com/bluesky-social/jetstream/blob/main/docs/README.md (checked 2026-11)
 */
function listenToJetstream(call: Bluesky, jetstream: string): Promise<void> {
  const wanted = { wantedCollections: postCollection, wantedDids: call.account.externalId };
  return call.stream(`${webSocket(jetstream)}/subscribe?${new URLSearchParams(wanted)}`, {
    maxMessageBytes: maxEventBytes,
    onMessage(event) {
      if (isPostOf(call.account.externalId, event)) call.ring();
    },
  });
}

function isPostOf(did: string, event: string | Uint8Array): boolean {
  try {
    const told = JSON.parse(String(event)) as { did?: unknown; commit?: { collection?: unknown } } | null;
    return told?.did === did && told.commit?.collection === postCollection;
  } catch {
    return false;
  }
}

function webSocket(url: string): string {
  return url.replace(/^http/, "ws");
}
