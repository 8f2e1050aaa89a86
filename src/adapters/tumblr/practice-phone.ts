import type { PracticeNetwork } from "../../practice/kit.ts";
import { type PhonePost, PhoneRefusal, type PracticePhone } from "../../practice/phone.ts";
import { accepted, requestWith } from "../../practice/phone-calls.ts";
import { contentOf, identifierOf } from "./blocks.ts";
import { blogsOf } from "./practice-access.ts";
import { createPost } from "./practice-create.ts";
import { types } from "./practice-files.ts";

/** The app makes the same blocks of a text as we do. Editing, which rearranges them, is left out. */
export const phone: PracticePhone = {
  needsFile: false,
  accepts: [...types.image, ...types.video],
  identities: (network) =>
    blogsOf(network)
      .list()
      .map(([externalId, { name, title }]) => ({ externalId, handle: name, name: title })),
  async post(wanted, network) {
    const { identity, file } = wanted;
    const blog = blogsOf(network).get(identity.externalId);
    if (!blog) throw new PhoneRefusal("Hm. We couldn't find that blog.");
    const request = requestWith({
      json: { content: contentIn(wanted) },
      files: file ? { [identifierOf(0)]: file } : {},
    });
    accepted(await createPost(blog, request, network));
    return newestOf(blog.uuid, network); // a video's answer names it by another id
  },
  remove: (post, network) => void network.remove(post.id),
};

function contentIn({ text, file, altText }: PhonePost): readonly unknown[] {
  const { content } = contentOf({ role: "post", text, link: null, media: [], options: {} });
  if (!file) return content;
  const media = { type: file.mimeType, identifier: identifierOf(0) };
  const block = file.mimeType.startsWith("video/")
    ? { type: "video", provider: "tumblr", media }
    : { type: "image", media: [media], ...(altText !== "" && { alt_text: altText }) };
  return [block, ...content];
}

function newestOf(accountId: string, network: PracticeNetwork): string {
  return network.posts(accountId)[0]?.id ?? "";
}
