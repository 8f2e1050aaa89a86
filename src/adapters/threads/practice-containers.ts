import type { PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";
import {
  type GraphAccount,
  type GraphRoute,
  isTrue,
  newNumber,
  notFound,
  ownPath,
  parameters,
  textOf,
} from "../families/practice-graph.ts";
import { containerStatus } from "../families/practice-graph-containers.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { imageFrom, videoFrom } from "./practice-files.ts";
import { type Container, containers } from "./practice-state.ts";
import { checkedText } from "./practice-text.ts";

const maxAltText = 1000;
const quickMs = 1000;
const videoMs = 3000;

type Given = Readonly<Record<string, unknown>>;
type Made = Pick<Container, "mediaType" | "url" | "childIds" | "failure"> & { readonly workingMs: number };

/** Making containers: Threads fetches the file while the request waits. What it does not know it passes over. */
export const containerRoutes: readonly GraphRoute[] = [
  {
    method: "POST",
    path: "/v1.0/:user/threads",
    needs: (request) =>
      parameters(request).reply_to_id === undefined ? "threads_content_publish" : "threads_manage_replies",
    handle: async (account, request, network) => {
      ownPath(request.params.user, account, network);
      const given = parameters(request);
      const said = checkedText(given);
      const altText = checkedAltText(textOf(given.alt_text));
      const replyTo = checkedParent(textOf(given.reply_to_id), account, network);
      const { workingMs, ...made } = await make(given, account, request, network);
      const id = newNumber();
      const now = network.now();
      containers(network).put(id, {
        ...made,
        ...said,
        accountId: account.id,
        isChild: isTrue(given.is_carousel_item),
        replyTo,
        altText: made.url === "" ? "" : altText,
        createdAt: now.toISOString(),
        readyAt: new Date(now.getTime() + workingMs).toISOString(),
        mediaId: null,
      });
      return { id };
    },
  },
];

/** @throws GraphRefusal */
export function checkedAltText(altText: string): string {
  if (altText.length > maxAltText)
    throw new GraphRefusal(100, `(#100) Param alt_text must be at most ${maxAltText} characters long.`);
  return altText;
}

async function make(
  given: Given,
  account: GraphAccount,
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<Made> {
  const nothing = { url: "", childIds: [], failure: null, workingMs: quickMs };
  const type = textOf(given.media_type);
  switch (type) {
    case "TEXT":
      return { ...nothing, mediaType: type };
    case "IMAGE":
      return { ...nothing, mediaType: type, url: await imageFrom(textOf(given.image_url), network) };
    case "VIDEO":
      return {
        ...nothing,
        ...(await videoFrom(textOf(given.video_url), network)),
        mediaType: type,
        workingMs: videoMs,
      };
    case "CAROUSEL":
      return {
        ...nothing,
        mediaType: type,
        childIds: checkedChildren(parameters(request).children, account, network),
      };
    default:
      throw new GraphRefusal(100, "(#100) Param media_type must be one of {TEXT, IMAGE, VIDEO, CAROUSEL}");
  }
}

/** Answers go below posts that are there, in a conversation of one's own. @throws GraphRefusal */
function checkedParent(id: string, account: GraphAccount, network: PracticeNetwork): string | null {
  if (id === "") return null;
  const parent = network.post(id);
  if (!parent) throw notFound(id);
  let root = parent;
  while (root.replyTo !== null) root = network.post(root.replyTo) ?? { ...root, replyTo: null };
  if (root.accountId !== account.id)
    throw new GraphRefusal(10, "(#10) Application does not have permission for this action");
  return id;
}

/** Two to twenty finished parts of one's own. @throws GraphRefusal */
function checkedChildren(
  children: unknown,
  account: GraphAccount,
  network: PracticeNetwork,
): readonly string[] {
  const ids = Array.isArray(children) ? children.map(textOf) : textOf(children).split(",");
  const usable = ids.filter((id) => {
    const child = containers(network).get(id);
    const isOurs = child?.isChild && child.accountId === account.id;
    return isOurs && containerStatus(child, network.now()) === "FINISHED";
  });
  if (ids.length < 2 || ids.length > 20 || usable.length < ids.length)
    throw new GraphRefusal(100, "Invalid parameter", {
      subcode: 4279004,
      title: "Invalid Carousel Children",
      says: `The children with IDs ${ids.join(", ")} are invalid, nonexistent, or expired.`,
    });
  return ids;
}
