import { PublishError } from "../contract/publish-error.ts";
import { list, listAll, unreadable, type YouTubeCall } from "./api.ts";

interface Channel {
  readonly contentDetails?: { readonly relatedPlaylists?: { readonly uploads?: string } };
}

interface Item {
  readonly snippet?: {
    readonly title?: string;
    readonly description?: string;
    readonly publishedAt?: string;
  };
  readonly contentDetails?: { readonly videoId?: string; readonly videoPublishedAt?: string };
  readonly status?: { readonly privacyStatus?: string };
}

/** A video of our own channel. */
export interface Upload {
  readonly videoId: string;
  readonly title: string;
  readonly description: string;
  readonly privacy: string;
  /** When it was uploaded, or became public if it did. */
  readonly at: Date;
}

const pageSize = 50;

/**
 * What the channel uploaded, newest first, the private ones too. Costs a unit a page, where a search costs a whole upload.
 * https://developers.google.com/youtube/v3/docs/playlistItems/list (checked 2026-11)
 * @param max rounded up to whole pages
 */
export async function newestUploads(max: number, call: YouTubeCall): Promise<readonly Upload[]> {
  const playlistId = await uploadsPlaylist(call);
  const query = { part: "snippet,contentDetails,status", playlistId, maxResults: String(pageSize) };
  const maxPages = Math.ceil(max / pageSize);
  const { items } = await unlessEmpty(() => listAll<Item>(call, "playlistItems", query, maxPages));
  return items.flatMap((item) => toUpload(item) ?? []);
}

async function uploadsPlaylist(call: YouTubeCall): Promise<string> {
  const [channel] = await list<Channel>(call, "channels", { part: "contentDetails", mine: "true" });
  const uploads = channel?.contentDetails?.relatedPlaylists?.uploads;
  if (!uploads) throw unreadable();
  return uploads;
}

/** The playlist of a channel that never uploaded anything does not exist. */
async function unlessEmpty(
  read: () => Promise<{ readonly items: readonly Item[] }>,
): Promise<{ readonly items: readonly Item[] }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PublishError && error.detail.code === "playlistNotFound") return { items: [] };
    throw error;
  }
}

function toUpload({ snippet = {}, contentDetails = {}, status = {} }: Item): Upload | undefined {
  const { videoId, videoPublishedAt } = contentDetails;
  const at = videoPublishedAt ?? snippet.publishedAt;
  if (videoId === undefined || at === undefined) return undefined;
  return {
    videoId,
    title: snippet.title ?? "",
    description: snippet.description ?? "",
    privacy: status.privacyStatus ?? "",
    at: new Date(at),
  };
}
