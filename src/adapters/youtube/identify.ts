import type { Identity } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { list, unreadable, type YouTubeCall } from "./api.ts";
import { noChannel } from "./refusals.ts";

interface Channel {
  readonly id: string;
  readonly snippet?: { readonly title?: string; readonly customUrl?: string };
}

/** https://developers.google.com/youtube/v3/docs/channels/list (checked 2026-11) */
export async function identify(call: YouTubeCall): Promise<Identity> {
  const [channel] = await list<Channel>(call, "channels", { part: "snippet", mine: "true" });
  if (!channel) throw new PublishError(noChannel.kind, noChannel.message, { code: "youtubeSignupRequired" });
  const { id, snippet = {} } = channel;
  if (typeof id !== "string" || id === "") throw unreadable();
  const handle = snippet.customUrl?.replace(/^@/, "") || id; // an old channel may have chosen none
  return { externalId: id, handle, name: snippet.title || handle };
}
