import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { type PhonePost, PhoneRefusal, type PracticePhone } from "../../practice/phone.ts";
import { newNumber } from "../families/practice-graph.ts";
import { graphIdentities, inWordsForPeople } from "../families/practice-graph-phone.ts";
import { checkedAltText } from "./practice-containers.ts";
import { imageTypes, keptImage, keptVideo, videoTypes } from "./practice-files.ts";
import { publish } from "./practice-publish.ts";
import type { Container } from "./practice-state.ts";
import { checkedText } from "./practice-text.ts";

/** Threads lets people edit for a few minutes only, and tells apps nothing of it: it is left out. */
export const phone: PracticePhone = {
  needsFile: false,
  accepts: [...imageTypes, ...videoTypes],
  identities: graphIdentities,
  post: (wanted, network) => inWordsForPeople(() => post(wanted, network)),
  remove: (thread, network) => void network.remove(thread.id),
};

async function post({ identity, text, file, altText }: PhonePost, network: PracticeNetwork): Promise<string> {
  const mediaType = !file ? "TEXT" : file.mimeType.startsWith("video/") ? "VIDEO" : "IMAGE";
  const said = checkedText({ media_type: mediaType, text });
  const description = checkedAltText(altText);
  const now = network.now().toISOString();
  const container: Container = {
    ...said,
    accountId: identity.externalId,
    mediaType,
    isChild: false,
    replyTo: null,
    altText: file ? description : "",
    url: file ? await kept(file, mediaType, network) : "",
    childIds: [],
    createdAt: now,
    readyAt: now,
    failure: null,
    mediaId: null,
  };
  return publish(newNumber(), container, { ...identity, id: identity.externalId }, network);
}

async function kept(
  file: PracticeFile,
  mediaType: Container["mediaType"],
  network: PracticeNetwork,
): Promise<string> {
  if (mediaType === "IMAGE") return keptImage(file, network);
  const { url, failure } = await keptVideo(file, network);
  if (failure !== null)
    throw new PhoneRefusal("This video cannot be used: its format, its size or its length is not supported.");
  return url;
}
