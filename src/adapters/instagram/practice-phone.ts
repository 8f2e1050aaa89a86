import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { type PhonePost, PhoneRefusal, type PracticePhone } from "../../practice/phone.ts";
import { newNumber } from "../families/practice-graph.ts";
import { graphIdentities, inWordsForPeople } from "../families/practice-graph-phone.ts";
import { commentsOn } from "../families/practice-graph-posts.ts";
import { checkedAltText, checkedCaption } from "./practice-containers.ts";
import { keptImage, keptVideo } from "./practice-files.ts";
import { publish } from "./practice-publish.ts";
import { type Container, publishedMedia } from "./practice-state.ts";

/** The app takes what the API takes, though the real one takes other formats too and makes them JPEG. */
export const phone: PracticePhone = {
  needsFile: true,
  accepts: ["image/jpeg", "video/mp4", "video/quicktime"],
  identities: graphIdentities,
  post: (wanted, network) => inWordsForPeople(() => post(wanted, network)),
  edit: (media, text, network) =>
    inWordsForPeople(() => {
      const caption = checkedCaption(text);
      const kept = publishedMedia(network).get(media.id);
      if (!kept) throw new PhoneRefusal("Only a photo, a reel or a carousel has a caption.");
      publishedMedia(network).put(media.id, { ...kept, caption });
      network.show({ ...media, text: caption });
    }),
  remove(media, network) {
    for (const { id } of commentsOn(media.id, network)) network.remove(id);
    publishedMedia(network).delete(media.id);
    network.remove(media.id);
  },
};

async function post({ identity, text, file, altText }: PhonePost, network: PracticeNetwork): Promise<string> {
  if (!file) throw new PhoneRefusal("Choose a photo or a video: there is no post without one.");
  const [caption, description] = [checkedCaption(text), checkedAltText(altText)];
  const isVideo = file.mimeType.startsWith("video/");
  const url = isVideo ? await reel(file, network) : await keptImage(file, network);
  const now = network.now().toISOString();
  const container: Container = {
    accountId: identity.externalId,
    mediaType: isVideo ? "REELS" : "IMAGE",
    isChild: false,
    caption,
    altText: isVideo ? "" : description,
    url,
    childIds: [],
    createdAt: now,
    readyAt: now,
    failure: null,
    mediaId: null,
  };
  return publish(newNumber(), container, { ...identity, id: identity.externalId }, network);
}

async function reel(file: PracticeFile, network: PracticeNetwork): Promise<string> {
  const { url, failure } = await keptVideo(file, network);
  if (failure !== null)
    throw new PhoneRefusal("This video cannot be used: its format, its size or its length is not supported.");
  return url;
}
