import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { type PhonePost, PhoneRefusal, type PracticePhone } from "../../practice/phone.ts";
import { requestWith } from "../../practice/phone-calls.ts";
import { graphIdentities, inWordsForPeople } from "../families/practice-graph-phone.ts";
import { commentsOn } from "../families/practice-graph-posts.ts";
import { photoRoute, photoTypes, videoRoute, videoTypes } from "./practice-media.ts";
import { removeNode } from "./practice-nodes.ts";
import { checkedMessage, feedRoute } from "./practice-posts.ts";
import { feedPosts, videos } from "./practice-state.ts";

/** A page's own posts, as those who run it make them by hand. */
export const phone: PracticePhone = {
  needsFile: false,
  accepts: [...photoTypes, ...videoTypes],
  identities: graphIdentities,
  post: (wanted, network) => inWordsForPeople(() => post(wanted, network)),
  edit: (shown, text, network) =>
    inWordsForPeople(() => {
      const message = checkedMessage(text);
      const [kept, video] = [feedPosts(network).get(shown.id), videos(network).get(shown.id)];
      if (message === "" && shown.media.length === 0 && shown.link === null)
        throw new PhoneRefusal("Missing message or attachment");
      if (kept) feedPosts(network).put(shown.id, { ...kept, message });
      if (video) videos(network).put(shown.id, { ...video, description: message });
      network.show({ ...shown, text: message });
    }),
  remove(shown, network) {
    for (const { id } of commentsOn(shown.id, network)) network.remove(id);
    removeNode(shown.id, network);
  },
};

async function post(wanted: PhonePost, network: PracticeNetwork): Promise<string> {
  const { identity, text, file } = wanted;
  const { route, fields } = file ? withFile(file, wanted) : { route: feedRoute, fields: { message: text } };
  const page = { ...identity, id: identity.externalId };
  const request = requestWith({ params: { page: page.id }, fields, files: file ? { source: file } : {} });
  const { id, post_id } = (await route.handle(page, request, network)) as { id: string; post_id?: string };
  return post_id ?? id;
}

function withFile({ mimeType }: PracticeFile, { text, altText }: PhonePost) {
  return mimeType.startsWith("video/")
    ? { route: videoRoute, fields: { description: checkedMessage(text) } }
    : { route: photoRoute, fields: { message: checkedMessage(text), alt_text_custom: altText } };
}
