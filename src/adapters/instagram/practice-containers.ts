import type { PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";
import {
  type GraphAccount,
  type GraphRoute,
  isTrue,
  newNumber,
  ownPath,
  parameters,
  textOf,
} from "../families/practice-graph.ts";
import { containerStatus } from "../families/practice-graph-containers.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { imageFrom, videoFrom } from "./practice-files.ts";
import { type Container, containers } from "./practice-state.ts";

const maxCaption = 2200;
const maxHashtags = 30;
const maxMentions = 20;
const maxAltText = 1000;
const imageMs = 1000;
const videoMs = 3000;

type Made = Pick<Container, "mediaType" | "url" | "childIds" | "failure"> & { readonly workingMs: number };

/** Making containers: Instagram fetches the file while the request waits. */
export const containerRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/v26.0/:user/media",
    needs: "instagram_business_content_publish",
    handle: async (account, request, network) => {
      ownPath(request.params.user, account, network);
      const given = parameters(request);
      const caption = checkedCaption(textOf(given.caption));
      const altText = checkedAltText(textOf(given.alt_text));
      const isChild = isTrue(given.is_carousel_item);
      const { workingMs, ...made } = await make(textOf(given.media_type), given, account, request, network);
      const now = network.now();
      const id = newNumber();
      containers(network).put(id, {
        ...made,
        accountId: account.id,
        isChild,
        caption: isChild ? "" : caption,
        altText: made.mediaType === "IMAGE" ? altText : "",
        createdAt: now.toISOString(),
        readyAt: new Date(now.getTime() + workingMs).toISOString(),
        mediaId: null,
      });
      return { id };
    },
  },
];

async function make(
  type: string,
  given: Readonly<Record<string, unknown>>,
  account: GraphAccount,
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<Made> {
  switch (type) {
    case "":
    case "IMAGE": {
      const url = await imageFrom(textOf(given.image_url), network);
      return { mediaType: "IMAGE", url, childIds: [], failure: null, workingMs: imageMs };
    }
    case "REELS":
    case "VIDEO": {
      if (type === "VIDEO" && !isTrue(given.is_carousel_item)) throw unknownType(type);
      const { url, failure } = await videoFrom(textOf(given.video_url), network);
      return { mediaType: type, url, childIds: [], failure, workingMs: videoMs };
    }
    case "CAROUSEL":
      return {
        mediaType: type,
        url: "",
        childIds: checkedChildren(parameters(request).children, account, network),
        failure: null,
        workingMs: imageMs,
      };
    default:
      throw unknownType(type);
  }
}

function unknownType(type: string): GraphRefusal {
  return new GraphRefusal(100, `The media_type ${type} is not known.`, {
    subcode: 2207023,
    title: "Unknown media type",
  });
}

/** @throws GraphRefusal */
export function checkedAltText(altText: string): string {
  if (altText.length > maxAltText) throw new GraphRefusal(100, "(#100) Param alt_text is too long");
  return altText;
}

/** @throws GraphRefusal */
export function checkedCaption(caption: string): string {
  if ([...caption].length > maxCaption)
    throw new GraphRefusal(36004, "The caption was too long.", {
      subcode: 2207010,
      title: "Caption is too long",
      says: `Caption can't be longer than ${maxCaption} characters.`,
    });
  const tooMany =
    (caption.match(/#[\p{L}\p{M}\p{N}_]+/gu)?.length ?? 0) > maxHashtags ||
    (caption.match(/@[\p{L}\p{N}_.]+/gu)?.length ?? 0) > maxMentions;
  if (tooMany)
    throw new GraphRefusal(100, "Cannot use this many tags in one caption.", {
      subcode: 2207040,
      title: "Too many tags",
    });
  return caption;
}

/** Two to ten finished parts of one's own. @throws GraphRefusal */
function checkedChildren(
  children: unknown,
  account: GraphAccount,
  network: PracticeNetwork,
): readonly string[] {
  const ids = Array.isArray(children) ? children.map(textOf) : textOf(children).split(",");
  if (ids.length < 2 || ids.length > 10)
    throw new GraphRefusal(100, "A carousel takes between 2 and 10 media.", {
      subcode: 2207028,
      title: "Carousel validation failed",
    });
  for (const id of ids) {
    const child = containers(network).get(id);
    if (!child?.isChild || child.accountId !== account.id)
      throw new GraphRefusal(100, `The carousel item ${id} cannot be used.`, { subcode: 2207028 });
    if (containerStatus(child, network.now()) !== "FINISHED") throw notReady();
  }
  return ids;
}

export function notReady(): GraphRefusal {
  return new GraphRefusal(9007, "Media ID is not available", {
    subcode: 2207027,
    title: "Media not ready",
    says: "The media is not ready for publishing, please wait for a moment",
  });
}
