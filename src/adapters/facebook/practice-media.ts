import type { PracticeFile, PracticeRequest } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import {
  type GraphRoute,
  isFalse,
  newNumber,
  ownPath,
  parameters,
  textOf,
} from "../families/practice-graph.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { publishPost, publishVideo } from "./practice-publish.ts";
import { feedPosts, photos, videos } from "./practice-state.ts";

export const photoTypes = ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"];
export const videoTypes = ["video/mp4", "video/quicktime"];
const maxPhotoBytes = 10_000_000;
const maxVideoBytes = 1_000_000_000;
const maxAltText = 1000;
const processingMs = 3000;

/** Photos and videos come as multipart uploads; without `published=false` they are posts at once. */
export const photoRoute: GraphRoute = {
  method: "POST",
  path: "/v26.0/:page/photos",
  needs: "pages_manage_posts",
  publishes: (request) => !isFalse(parameters(request).published),
  text: (request) => textOf(parameters(request).message),
  handle: async (account, request, network) => {
    ownPath(request.params.page, account, network);
    const given = parameters(request);
    const file = sourceOf(request);
    if (!photoTypes.includes((await realType(file)) ?? "") || file.bytes > maxPhotoBytes)
      throw unreadablePhoto();
    const altText = textOf(given.alt_text_custom);
    if (altText.length > maxAltText) throw new GraphRefusal(100, "(#100) Param alt_text_custom is too long");
    const id = newNumber();
    photos(network).put(id, {
      accountId: account.id,
      url: await network.keep(file),
      altText,
      posted: false,
    });
    if (isFalse(given.published)) return { id };
    const postId = `${account.id}_${newNumber()}`;
    const createdAt = network.now().toISOString();
    const message = textOf(given.message);
    const post = {
      accountId: account.id,
      message,
      link: null,
      photoIds: [id],
      published: false,
      createdAt,
    };
    feedPosts(network).put(postId, post);
    publishPost(postId, account, network);
    return { id, post_id: postId };
  },
};

export const videoRoute: GraphRoute = {
  method: "POST",
  path: "/v26.0/:page/videos",
  needs: "pages_manage_posts",
  publishes: (request) => !isFalse(parameters(request).published),
  text: (request) => textOf(parameters(request).description),
  handle: async (account, request, network) => {
    ownPath(request.params.page, account, network);
    const given = parameters(request);
    const file = sourceOf(request);
    if (!videoTypes.includes((await realType(file)) ?? ""))
      throw new GraphRefusal(
        6000,
        "There was a problem uploading your video file. Please try again with another file.",
      );
    if (file.bytes > maxVideoBytes)
      throw new GraphRefusal(6001, "There was a problem uploading your video file. Please try again.");
    const id = newNumber();
    videos(network).put(id, {
      accountId: account.id,
      url: await network.keep(file),
      description: textOf(given.description),
      published: false,
      readyAt: new Date(network.now().getTime() + processingMs).toISOString(),
    });
    if (!isFalse(given.published)) publishVideo(id, account, network);
    return { id };
  },
};

function sourceOf(request: PracticeRequest): PracticeFile {
  const file = request.files.source;
  if (!file) throw new GraphRefusal(324, "(#324) Requires upload file");
  return file;
}

function unreadablePhoto(): GraphRefusal {
  return new GraphRefusal(100, "Invalid parameter", {
    subcode: 1366046,
    title: "Can't Read Files",
    says: "Your photos couldn't be uploaded. Photos should be smaller than 10 MB and saved as JPG, PNG, GIF or TIFF files.",
  });
}
