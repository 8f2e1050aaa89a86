import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import type { PracticePhone } from "../../practice/phone.ts";
import { accepted, requestWith } from "../../practice/phone-calls.ts";
import { accountsOf } from "./practice-accounts.ts";
import { type MediaRecord, types, uploadMedia } from "./practice-media.ts";
import type { Account } from "./practice-replies.ts";
import { createStatus, textRefusal } from "./practice-statuses.ts";

/** The app is one more client of the same API. */
export const phone: PracticePhone = {
  needsFile: false,
  accepts: Object.keys(types),
  identities: (network) =>
    accountsOf(network)
      .list()
      .map(([externalId, { username, name }]) => ({ externalId, handle: username, name })),
  async post({ identity, text, file, altText }, network) {
    const account = { id: identity.externalId, username: identity.handle, name: identity.name };
    const media_ids = file ? [await attached(file, altText, network, account)] : [];
    const request = requestWith({ json: { status: text, media_ids } });
    return accepted<{ id: string }>(createStatus(request, network, account)).id;
  },
  edit(post, text, network) {
    const { spoilerText = "" } = post.extra;
    const refusal = textRefusal({ status: text, spoilerText }, post.media.length > 0);
    if (refusal) accepted(refusal);
    network.show({ ...post, text });
  },
  remove: (post, network) => void network.remove(post.id),
};

/** Ready at once: the app waits for the server before it posts. */
async function attached(
  file: PracticeFile,
  description: string,
  network: PracticeNetwork,
  account: Account,
): Promise<string> {
  const request = requestWith({ files: { file }, fields: { description } });
  const { id } = accepted<{ id: string }>(await uploadMedia(request, network, account));
  const uploads = network.collection<MediaRecord>("media");
  const media = uploads.get(id);
  if (media) uploads.put(id, { ...media, readyAt: network.now().toISOString() });
  return id;
}
