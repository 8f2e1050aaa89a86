import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type PracticeBlob, useBlob } from "./practice-blobs.ts";
import { blobsFor, checkInput, checkPost, filesOf, type GivenPost } from "./practice-check.ts";
import { spend } from "./practice-limits.ts";
import { type Account, accountNamed, cidOf, hashOf, invalid, problem } from "./practice-state.ts";

interface StoredRecord {
  readonly uri: string;
  readonly cid: string;
  readonly value: unknown;
}

interface Place {
  readonly repo: string;
  readonly collection: string;
  readonly rkey: string;
}

const post = "app.bsky.feed.post";
const recordsOf = (did: string, network: PracticeNetwork) =>
  network.collection<StoredRecord>(`records ${did}`);

export function isPost({ json }: PracticeRequest): boolean {
  return (json as Partial<Place> | undefined)?.collection === post;
}

// https://docs.bsky.app/docs/api/com-atproto-repo-put-record (checked 2026-11)
export async function putRecord(
  request: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): Promise<PracticeReply> {
  const badInput = await checkInput("com.atproto.repo.putRecord", request.json);
  if (badInput) return badInput;
  const { repo, collection, rkey, record, swapRecord } = request.json as Place & {
    record: GivenPost;
    swapRecord?: string | null;
  };
  if (collection !== post) return invalid("The practice network keeps posts only");
  const stranger = refusalFor(repo, account, network);
  if (stranger) return stranger;
  const { headers, refusal } = spend("write", account.did, 3, network);
  const reply =
    refusal ?? (await checkPost(rkey, record)) ?? write(rkey, record, swapRecord, network, account);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

/** Without an await: what is checked is what is written. */
function write(
  rkey: string,
  record: GivenPost,
  swapRecord: string | null | undefined,
  network: PracticeNetwork,
  account: Account,
): PracticeReply {
  const records = recordsOf(account.did, network);
  const uri = `at://${account.did}/${post}/${rkey}`;
  const cid = cidOf("record", hashOf(JSON.stringify(record)));
  const current = records.get(rkey);
  if (current?.cid === cid) return { status: 200, body: { uri, cid, validationStatus: "valid" } };
  if (current && (swapRecord === null || typeof swapRecord === "string"))
    return problem(400, "InvalidSwap", `Record was at ${current.cid}`);
  if (current) return invalid("The practice network does not edit posts, which this would do");
  const files = filesOf(record);
  const blobs = blobsFor(account.did, files, network);
  if ("status" in blobs) return blobs;
  for (const blob of blobs) useBlob(account.did, blob, network);
  records.put(rkey, { uri, cid, value: { $type: post, ...record } });
  network.publish(shown(uri, record, blobs, network, account));
  const commit = { cid: cidOf("record", hashOf(uri)), rev: rkey };
  return { status: 200, body: { uri, cid, commit, validationStatus: "valid" } };
}

function shown(
  uri: string,
  record: GivenPost,
  blobs: readonly PracticeBlob[],
  network: PracticeNetwork,
  { did, handle, name }: Account,
): PracticePost {
  const [language] = record.langs ?? [];
  return {
    id: uri,
    accountId: did,
    handle,
    name,
    text: record.text,
    link: record.embed?.external?.uri ?? null,
    media: filesOf(record).map(({ kind, altText }, index) => ({
      url: blobs[index]?.url ?? "",
      kind,
      altText,
    })),
    replyTo: record.reply?.parent.uri ?? null,
    createdAt: network.now().toISOString(),
    extra: { ...(language !== undefined && { language }) },
  };
}

/** Public, with or without a session. https://docs.bsky.app/docs/api/com-atproto-repo-get-record (checked 2026-11) */
export function getRecord({ query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const [repo, collection, rkey] = ["repo", "collection", "rkey"].map((name) => query.get(name) ?? "");
  const account = accountNamed(repo ?? "", network);
  if (!account) return problem(502, "UpstreamFailure", "Upstream service unreachable");
  const record = isProfile(collection)
    ? profileOf(account)
    : recordAt(`at://${account.did}/${collection}/${rkey}`, network);
  return record
    ? { status: 200, body: record }
    : problem(400, "RecordNotFound", `Could not locate record: at://${account.did}/${collection}/${rkey}`);
}

function isProfile(collection: string | undefined): boolean {
  return collection === "app.bsky.actor.profile";
}

/** By its address: posts only. */
export function recordAt(uri: string, network: PracticeNetwork): StoredRecord | undefined {
  const [did = "", collection, rkey = ""] = uri.slice("at://".length).split("/");
  return collection === post ? recordsOf(did, network).get(rkey) : undefined;
}

function profileOf({ did, name }: Account): StoredRecord {
  const uri = `at://${did}/app.bsky.actor.profile/self`;
  const value = { $type: "app.bsky.actor.profile", displayName: name };
  return { uri, cid: cidOf("record", hashOf(JSON.stringify(value))), value };
}

/** By key, the largest first. https://docs.bsky.app/docs/api/com-atproto-repo-list-records (checked 2026-11) */
export function listRecords({ query }: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const account = accountNamed(query.get("repo") ?? "", network);
  if (!account) return invalid(`Could not find repo: ${query.get("repo")}`);
  const limit = Number(query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100)) return invalid(`integer too big (maximum 100, got ${limit}) at $.limit`);
  const before = query.get("cursor");
  const records = recordsOf(account.did, network)
    .list()
    .filter(([rkey]) => before === null || rkey < before)
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, limit);
  const cursor = records.at(-1)?.[0];
  const found = query.get("collection") === post ? records.map(([, record]) => record) : [];
  return { status: 200, body: { records: found, ...(cursor !== undefined && { cursor }) } };
}

/** Nothing to delete is no error. https://docs.bsky.app/docs/api/com-atproto-repo-delete-record (checked 2026-11) */
export async function deleteRecord(
  { json }: PracticeRequest,
  network: PracticeNetwork,
  account: Account,
): Promise<PracticeReply> {
  const badInput = await checkInput("com.atproto.repo.deleteRecord", json);
  if (badInput) return badInput;
  const { repo, rkey } = json as Place;
  const stranger = refusalFor(repo, account, network);
  if (stranger) return stranger;
  const { headers, refusal } = spend("write", account.did, 1, network);
  if (refusal) return refusal;
  const records = recordsOf(account.did, network);
  const there = records.get(rkey) !== undefined;
  records.delete(rkey);
  network.remove(`at://${account.did}/${post}/${rkey}`);
  const commit = { cid: cidOf("record", hashOf(`delete ${rkey}`)), rev: rkey };
  return { status: 200, headers, body: there ? { commit } : {} };
}

function refusalFor(repo: string, account: Account, network: PracticeNetwork): PracticeReply | undefined {
  const owner = accountNamed(repo, network);
  if (!owner) return problem(403, "AccountNotFound", "Account not found");
  return owner.did === account.did
    ? undefined
    : problem(401, "AuthenticationRequired", "Authentication Required");
}
