import { isUrl } from "../../domain/is-url.ts";
import type { PracticeNetwork, PracticeReply } from "../../practice/kit.ts";
import type { NewPost } from "./api.ts";
import { type FileRecord, filesOf, stateOf } from "./practice-files.ts";
import { isObject, missing, problem, tooLong, unpermitted, wrong } from "./practice-replies.ts";

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (checked 2026-11)
const visibilities = ["PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"];
const maxAltText = 4086;
const maxTitle = 400;

const required = ["author", "commentary", "visibility", "distribution", "lifecycleState"];
const known: Readonly<Record<string, readonly string[]>> = {
  "": [...required, "content", "isReshareDisabledByAuthor"],
  "/distribution": ["feedDistribution", "targetEntities", "thirdPartyDistributionChannels"],
  "/content": ["article", "media", "multiImage"],
  "/content/article": ["source", "title", "description", "thumbnail"],
  "/content/media": ["id", "altText", "title"],
  "/content/multiImage": ["images"],
  "/content/multiImage/images": ["id", "altText"],
};

/** What is wrong with the form of a post, whoever asks. What the adapter does not use (polls …) counts as unknown. */
export function shapeRefusal(json: unknown): PracticeReply | undefined {
  if (!isObject(json)) return problem(400, "ILLEGAL_ARGUMENT", "Could not read the request body");
  const strange = strangeIn(json, "");
  if (strange.length > 0) return unpermitted(strange);
  const absent = required.find((name) => json[name] === undefined);
  if (absent !== undefined) return missing(`/${absent}`);
  if (typeof json.commentary !== "string") return wrong("/commentary");
  if (!visibilities.includes(String(json.visibility))) return wrong("/visibility");
  if (json.lifecycleState !== "PUBLISHED") return wrong("/lifecycleState");
  if (!isObject(json.distribution) || json.distribution.feedDistribution !== "MAIN_FEED")
    return wrong("/distribution/feedDistribution");
  if (json.content !== undefined && (!isObject(json.content) || Object.keys(json.content).length !== 1))
    return wrong("/content");
  return undefined;
}

/** Paths of everything LinkedIn does not know. */
function strangeIn(value: unknown, path: string): string[] {
  const names = known[path];
  if (Array.isArray(value)) return value.flatMap((item) => strangeIn(item, path));
  if (!isObject(value) || !names) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    names.includes(name) ? strangeIn(part, `${path}/${name}`) : [`${path}/${name}`],
  );
}

export function contentRefusal(post: NewPost, network: PracticeNetwork): PracticeReply | undefined {
  const { article, media, multiImage } = post.content ?? {};
  if (article) return articleRefusal(article);
  if (media) return fileRefusal(media, "/content/media", post, network);
  if (!multiImage) return undefined;
  const { images } = multiImage;
  if (!Array.isArray(images) || images.length < 2 || images.length > 20)
    return wrong("/content/multiImage/images");
  return images
    .map((image, at) =>
      String(image.id).startsWith("urn:li:image:")
        ? fileRefusal(image, `/content/multiImage/images/${at}`, post, network)
        : problem(400, "INVALID_URN_TYPE", `/content/multiImage/images/${at}/id :: is no image`),
    )
    .find((refusal) => refusal !== undefined);
}

function articleRefusal({ source, title }: { source?: unknown; title?: unknown }): PracticeReply | undefined {
  if (source === undefined) return missing("/content/article/source");
  if (typeof source !== "string" || !isUrl(source)) return wrong("/content/article/source");
  if (title === undefined || title === "") return missing("/content/article/title");
  return titleRefusal(title, "/content/article/title");
}

function titleRefusal(title: unknown, path: string): PracticeReply | undefined {
  if (title === undefined) return undefined;
  if (typeof title !== "string") return wrong(path);
  return title.length > maxTitle ? tooLong(path, maxTitle) : undefined;
}

function fileRefusal(
  item: { readonly id: string; readonly altText?: string; readonly title?: string },
  path: string,
  { author }: NewPost,
  network: PracticeNetwork,
): PracticeReply | undefined {
  const file = filesOf(network).get(item.id);
  const isVideo = String(item.id).startsWith("urn:li:video:");
  if (file?.owner !== author)
    return problem(400, isVideo ? "INVALID_VIDEO_ID" : "INVALID_IMAGE_ID", `${path}/id :: is not valid`);
  const state = stateOf(file, network);
  if (state === "PROCESSING_FAILED")
    return problem(400, "MEDIA_ASSET_PROCESSING_FAILED", "Media asset failed processing");
  if (state !== "AVAILABLE")
    return problem(400, "MEDIA_ASSET_WAITING_UPLOAD", "Media asset is waiting upload");
  if ((item.altText ?? "").length > maxAltText) return tooLong(`${path}/altText`, maxAltText);
  return titleRefusal(item.title, `${path}/title`);
}

/** The post's files in order, with what it says of each. */
export function filesIn(
  { content }: NewPost,
  network: PracticeNetwork,
): readonly (FileRecord & { readonly altText: string })[] {
  const items = content?.multiImage?.images ?? (content?.media ? [content.media] : []);
  return items.flatMap(({ id, altText = "" }) => {
    const file = filesOf(network).get(id);
    return file ? [{ ...file, altText }] : [];
  });
}
