import { randomInt } from "node:crypto";
import type {
  PracticeNetwork,
  PracticePlatform,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { getBlob, uploadBlob } from "./practice-blobs.ts";
import { rateLimited } from "./practice-limits.ts";
import { look } from "./practice-look.ts";
import { loginRoutes, metadataRoutes } from "./practice-oauth.ts";
import { phone } from "./practice-phone.ts";
import { deleteRecord, getRecord, isPost, listRecords, putRecord, recordAt } from "./practice-records.ts";
import {
  createSession,
  getSession,
  passwordsOf,
  refreshSession,
  signedIn,
  unauthorized,
} from "./practice-session.ts";
import { accountFor, accountNamed, invalid, problem } from "./practice-state.ts";
import { stream } from "./practice-stream.ts";
import { getJobStatus, getServiceAuth, getUploadLimits, uploadVideo } from "./practice-video.ts";

/** One server with its video service and Bluesky's view of it, as far as an account that posts can see them. */
export const practice: PracticePlatform = {
  platform: "bluesky",
  look,
  register,
  routes: [
    post("com.atproto.server.createSession", createSession),
    post("com.atproto.server.refreshSession", refreshSession),
    get("com.atproto.server.getSession", signedIn(getSession)),
    get("com.atproto.server.getServiceAuth", signedIn(getServiceAuth)),
    get("com.atproto.identity.resolveHandle", resolveHandle),
    post("com.atproto.repo.uploadBlob", signedIn(uploadBlob)),
    { ...post("com.atproto.repo.putRecord", ledgered(signedIn(putRecord))), publishes: isPost },
    get("com.atproto.repo.getRecord", getRecord),
    get("com.atproto.repo.listRecords", listRecords),
    post("com.atproto.repo.deleteRecord", signedIn(deleteRecord)),
    get("com.atproto.sync.getBlob", getBlob),
    get("app.bsky.feed.getPosts", signedIn(getPosts)),
    get("app.bsky.video.getUploadLimits", getUploadLimits),
    post("app.bsky.video.uploadVideo", uploadVideo),
    get("app.bsky.video.getJobStatus", getJobStatus),
    get(":nsid", notImplemented),
    post(":nsid", notImplemented),
    { method: "GET", path: "/profile/:did/post/:rkey", handle: toPostPage },
    ...loginRoutes,
  ],
  atRoot: metadataRoutes,
  sockets: [stream],
  phone,
  unauthorized,
  rateLimited,
};

function get(nsid: string, handle: PracticeRoute["handle"]): PracticeRoute {
  return { method: "GET", path: `/xrpc/${nsid}`, handle };
}

function post(nsid: string, handle: PracticeRoute["handle"]): PracticeRoute {
  return { method: "POST", path: `/xrpc/${nsid}`, handle };
}

/** A refused post stands in the ledger too. */
function ledgered(handle: PracticeRoute["handle"]): PracticeRoute["handle"] {
  return async (request, network) => {
    const reply = await handle(request, network);
    const { record } = (request.json ?? {}) as { record?: { text?: unknown } };
    const { error, message } = (reply.body ?? {}) as { error?: string; message?: string };
    if (reply.status !== 200) network.refuse(String(record?.text ?? ""), `${error}: ${message}`);
    return reply;
  };
}

function register(network: PracticeNetwork, given: string): ReturnType<PracticePlatform["register"]> {
  const { did, handle, name } = accountFor(given, network);
  const password = appPassword();
  passwordsOf(network).put(password, did);
  return { externalId: did, handle, name, credentials: { identifier: handle, password } };
}

/** Four times four, as Bluesky makes them. */
function appPassword(): string {
  const letters = "abcdefghijklmnopqrstuvwxyz234567";
  const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  return [four(), four(), four(), four()].join("-");
}

// https://docs.bsky.app/docs/api/com-atproto-identity-resolve-handle (checked 2026-11)
function resolveHandle({ query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const account = accountNamed(query.get("handle") ?? "", network);
  return account ? { status: 200, body: { did: account.did } } : invalid("Unable to resolve handle");
}

/** Bluesky's view. https://docs.bsky.app/docs/api/app-bsky-feed-get-posts (checked 2026-11) */
function getPosts({ query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const uris = query.getAll("uris");
  if (uris.length > 25) return invalid("Error: uris must not have more than 25 elements");
  const posts = uris.flatMap((uri) => network.post(uri) ?? []);
  return {
    status: 200,
    body: {
      posts: posts.map(({ id, accountId, handle, createdAt }) => ({
        uri: id,
        cid: recordAt(id, network)?.cid,
        record: recordAt(id, network)?.value,
        author: { did: accountId, handle },
        indexedAt: createdAt,
        likeCount: 0,
        repostCount: 0,
        quoteCount: 0,
        bookmarkCount: 0,
        replyCount: network.posts(accountId).filter(({ replyTo }) => replyTo === id).length,
      })),
    },
  };
}

function notImplemented(): PracticeReply {
  return problem(501, "MethodNotImplemented", "Method Not Implemented");
}

function toPostPage({ params }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const uri = `at://${params.did}/app.bsky.feed.post/${params.rkey}`;
  return { status: 302, headers: { location: `${network.baseUrl}/posts/${encodeURIComponent(uri)}` } };
}
