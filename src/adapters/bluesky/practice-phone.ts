import { randomInt } from "node:crypto";
import type { PracticeFile, PracticeNetwork, PracticePost } from "../../practice/kit.ts";
import { type PhonePost, PhoneRefusal, type PracticePhone } from "../../practice/phone.ts";
import { accepted, requestWith } from "../../practice/phone-calls.ts";
import { placeOf, postCollection } from "./api.ts";
import { keepBlob, refOf } from "./practice-blobs.ts";
import { deleteRecord, putRecord } from "./practice-records.ts";
import { type Account, accountNamed, accountsOf } from "./practice-state.ts";
import { keyOf } from "./record-key.ts";
import { facetsOf, mentionsIn } from "./rich-text.ts";

/** Bluesky's app is one more client of the same server. It has no editing. */
export const phone: PracticePhone = {
  needsFile: false,
  accepts: ["image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4"],
  identities: (network) =>
    accountsOf(network)
      .list()
      .map(([externalId, { handle, name }]) => ({ externalId, handle, name })),
  async post(wanted, network) {
    const { externalId: did, handle, name } = wanted.identity;
    const place = { repo: did, collection: postCollection, rkey: keyOf(network.now(), randomInt(1024)) };
    const request = requestWith({ json: { ...place, record: await recordOf(wanted, network) } });
    return accepted<{ uri: string }>(await putRecord(request, network, { did, handle, name })).uri;
  },
  async remove(post, network) {
    accepted(await deleteRecord(requestWith({ json: placeOf(post.id) }), network, authorOf(post)));
  },
};

async function recordOf(wanted: PhonePost, network: PracticeNetwork): Promise<Record<string, unknown>> {
  const { text, file } = wanted;
  if (text.trim() === "" && !file) throw new PhoneRefusal("Write something, or choose a picture or a video.");
  const dids = (await mentionsIn(text)).flatMap((handle) => {
    const account = accountNamed(handle, network);
    return account ? [[handle, account.did] as const] : [];
  });
  const facets = await facetsOf(text, null, Object.fromEntries(dids));
  return {
    $type: postCollection,
    text,
    createdAt: network.now().toISOString(),
    ...(facets.length > 0 && { facets }),
    ...(file && { embed: await embedOf(file, wanted, network) }),
  };
}

async function embedOf(file: PracticeFile, { identity, altText: alt }: PhonePost, network: PracticeNetwork) {
  if (!/^(image|video)\//.test(file.mimeType))
    throw new PhoneRefusal("This file is no picture and no video that Bluesky knows.");
  const blob = refOf(await keepBlob(file, identity.externalId, network));
  return file.mimeType.startsWith("video/")
    ? { $type: "app.bsky.embed.video", video: blob, alt }
    : { $type: "app.bsky.embed.images", images: [{ image: blob, alt }] };
}

function authorOf({ accountId: did, handle, name }: PracticePost): Account {
  return { did, handle, name };
}
