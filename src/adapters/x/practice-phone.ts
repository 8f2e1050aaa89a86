import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { PhoneRefusal, type PracticePhone } from "../../practice/phone.ts";
import { accepted, requestWith } from "../../practice/phone-calls.ts";
import { type PracticeUser, usersOf } from "./practice-access.ts";
import { createPost, maxLength } from "./practice-create.ts";
import { type Category, categories, keepReady, setAltText } from "./practice-media.ts";
import { invalidRequest } from "./practice-problems.ts";
import { measure } from "./text.ts";

const { tweet_image: pictures, tweet_video: videos } = categories;

/** Editing is for those who pay X, and makes another post: it is left out. */
export const phone: PracticePhone = {
  needsFile: false,
  accepts: [...pictures.types, ...videos.types],
  identities: (network) =>
    usersOf(network)
      .list()
      .map(([externalId, { handle, name }]) => ({ externalId, handle, name })),
  async post({ identity: { externalId: id, handle, name }, text, file, altText }, network) {
    // X's app counts as people write. To other apps X says of this only that it is not permitted.
    const length = measure(text);
    if (length > maxLength)
      throw new PhoneRefusal(`The post has ${length} of at most ${maxLength} characters.`);
    const user = { id, handle, name };
    const media = file && { media_ids: [await attached(file, altText, user, network)] };
    const request = requestWith({ json: { text, ...(media && { media }) } });
    return accepted<{ data: { id: string } }>(createPost(user, request, network)).data.id;
  },
  remove: (post, network) => void network.remove(post.id),
};

async function attached(
  file: PracticeFile,
  altText: string,
  user: PracticeUser,
  network: PracticeNetwork,
): Promise<string> {
  const category: Category = file.mimeType.startsWith("video/") ? "tweet_video" : "tweet_image";
  const { maxBytes, types } = categories[category];
  if (!types.some((type) => type === file.mimeType)) accepted(invalidRequest("media type unrecognized."));
  if (file.bytes > maxBytes) accepted(invalidRequest(`File size exceeds ${maxBytes} bytes.`));
  const { id } = await keepReady(file, user, category, network);
  if (category === "tweet_video" || altText === "") return id; // X has alt texts for pictures only
  const metadata = { alt_text: { text: altText } };
  accepted(setAltText(user, requestWith({ json: { id, metadata } }), network));
  return id;
}
