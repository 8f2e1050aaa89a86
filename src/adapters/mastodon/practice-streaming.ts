import type { PracticeChange, PracticeNetwork, PracticeSocket, SocketRequest } from "../../practice/kit.ts";
import { accountOf, allows } from "./practice-accounts.ts";
import { statusEntity, unauthorized } from "./practice-replies.ts";

/**
 * The stream `user`, the only one here: what the account itself does, for nobody follows anybody.
 * https://docs.joinmastodon.org/methods/streaming/#websocket, with the refusals of
 * https://github.com/mastodon/mastodon/blob/main/streaming/index.js (checked 2026-11)
 */
export const streaming: PracticeSocket = {
  path: "/api/v1/streaming",
  refuse: (request, network) => (accountOf(withToken(request), network) ? undefined : unauthorized()),
  open(request, network, say) {
    const account = accountOf(withToken(request), network);
    const name = request.query.get("stream");
    if (!account || name === null) return () => undefined;
    const refusal = allows(withToken(request), "read:statuses", network)
      ? name !== "user" && { error: "Unknown stream type", status: 400 }
      : { error: "Access token does not have the required scopes", status: 401 };
    if (refusal) say(JSON.stringify(refusal));
    return refusal
      ? () => undefined
      : network.watch((change) => {
          if (change.post.accountId === account.id)
            say(JSON.stringify({ stream: [name], ...eventOf(change, network) }));
        });
  },
};

/** Browsers cannot send other headers with a WebSocket. */
function withToken({ token, headers }: SocketRequest): { token: string | undefined } {
  return { token: token ?? headers["sec-websocket-protocol"] };
}

function eventOf(
  { what, post }: PracticeChange,
  network: PracticeNetwork,
): { event: string; payload: string } {
  if (what === "removed") return { event: "delete", payload: post.id };
  return {
    event: what === "posted" ? "update" : "status.update",
    payload: JSON.stringify(statusEntity(post, network)),
  };
}
