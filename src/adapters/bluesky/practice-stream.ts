import { encode } from "cborg";
import type { PracticeChange, PracticeNetwork, PracticeSocket } from "../../practice/kit.ts";
import { placeOf } from "./api.ts";

const actions = { posted: "create", changed: "update", removed: "delete" };

/**
 * What all accounts of this server do, to everybody, from now on: without the records themselves, and nothing is told again.
 * https://atproto.com/specs/event-stream (checked 2026-11)
 */
export const stream: PracticeSocket = {
  path: "/xrpc/com.atproto.sync.subscribeRepos",
  open({ query }, network, say) {
    if (!query.has("cursor")) return network.watch((change) => say(commitOf(change, network)));
    const error = { error: "FutureCursor", message: "Cursor in the future." };
    say(frame({ op: -1 }, error));
    return () => undefined;
  },
};

function commitOf({ what, post }: PracticeChange, network: PracticeNetwork): Uint8Array {
  const now = network.now();
  const { repo, collection, rkey } = placeOf(post.id);
  const ops = [{ action: actions[what], path: `${collection}/${rkey}` }];
  const body = { seq: now.getTime(), repo, rev: rkey, ops, tooBig: false, time: now.toISOString() };
  return frame({ op: 1, t: "#commit" }, body);
}

function frame(header: object, body: object): Uint8Array {
  return Buffer.concat([encode(header), encode(body)]);
}
