import { encode } from "cborg";
import type { PracticeChange, PracticeNetwork, PracticeSocket } from "../../practice/kit.ts";
import { placeOf } from "./api.ts";
import { invalid } from "./practice-state.ts";

const actions = { posted: "create", changed: "update", removed: "delete" };

/**
 * What all accounts of this server do, to everybody, from now on: without the records themselves. Nothing is kept to be told
 * again, which a cursor of the past is told. https://atproto.com/specs/event-stream (checked 2026-11)
 */
export const stream: PracticeSocket = {
  path: "/xrpc/com.atproto.sync.subscribeRepos",
  refuse({ query }) {
    const cursor = query.get("cursor");
    return cursor === null || /^\d+$/.test(cursor) ? undefined : invalid("cursor must be an integer");
  },
  open({ query }, network, say) {
    const cursor = query.get("cursor");
    if (cursor !== null && Number(cursor) > network.now().getTime()) {
      say(frame({ op: -1 }, { error: "FutureCursor", message: "Cursor in the future." }));
      return () => undefined;
    }
    if (cursor !== null) say(frame({ op: 1, t: "#info" }, { name: "OutdatedCursor" }));
    return network.watch((change) => say(commitOf(change, network)));
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
