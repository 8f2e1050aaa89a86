import type { Options } from "../../domain/post.ts";
import type { Choice } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { list, listAll, write, type YouTubeCall } from "./api.ts";

interface Playlist {
  readonly id: string;
  readonly snippet?: { readonly title?: string };
}

const maxPages = 10;

/** The channel's own playlists, for the option of that name. */
export async function choices(
  option: string,
  _given: Options,
  call: YouTubeCall,
): Promise<readonly Choice[]> {
  if (option !== "playlist") return [];
  // https://developers.google.com/youtube/v3/docs/playlists/list (checked 2026-11)
  const query = { part: "snippet", mine: "true", maxResults: "50" };
  const { items } = await listAll<Playlist>(call, "playlists", query, maxPages);
  return items.map(({ id, snippet }) => ({ value: id, label: snippet?.title ?? id }));
}

/**
 * @param named an id or a name
 * @throws PublishError `invalid` where the channel has no such playlist, or several
 */
export async function playlistId(named: string, call: YouTubeCall): Promise<string> {
  const known = await choices("playlist", {}, call);
  if (known.some(({ value }) => value === named)) return named;
  const wanted = folded(named);
  const [match, another] = known.filter(({ label }) => folded(label) === wanted);
  if (!match)
    throw new PublishError(
      "invalid",
      "This YouTube channel has no such playlist: choose one that is there, or make it in YouTube Studio first",
      { code: "playlist_unknown" },
    );
  if (another)
    throw new PublishError(
      "invalid",
      "This YouTube channel has several playlists of that name: choose one from the list",
      { code: "playlist_ambiguous" },
    );
  return match.value;
}

/**
 * Puts the video into the playlist, unless it is there: YouTube would take it twice.
 * https://developers.google.com/youtube/v3/docs/playlistItems/insert (checked 2026-11)
 */
export async function addToPlaylist(playlist: string, videoId: string, call: YouTubeCall): Promise<void> {
  const there = await list(call, "playlistItems", { part: "id", playlistId: playlist, videoId });
  if (there.length > 0) return;
  const resourceId = { kind: "youtube#video", videoId };
  const body = { snippet: { playlistId: playlist, resourceId } };
  await write(call, "POST", "playlistItems", { part: "snippet" }, body);
}

function folded(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}
