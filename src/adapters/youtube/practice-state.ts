import { randomBytes } from "node:crypto";
import type { PracticeCollection, PracticeFile, PracticeNetwork } from "../../practice/kit.ts";

export interface Channel {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
}

/** What an upload says of its video before the first byte. */
export interface NewVideo {
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly categoryId: string;
  readonly privacyStatus: string;
  readonly selfDeclaredMadeForKids: boolean;
}

export interface Session {
  readonly channelId: string;
  readonly video: NewVideo;
  readonly bytes: number;
  /** What has arrived, in order. */
  readonly parts: readonly PracticeFile[];
  readonly openedAt: string;
  /** Null until the last byte has arrived. */
  readonly videoId: string | null;
}

export interface Video extends NewVideo {
  readonly id: string;
  readonly channelId: string;
  readonly url: string;
  readonly thumbnailUrl: string | null;
  /** Why YouTube cannot use the file. */
  readonly failure: string | null;
  /** ISO 8601, as all times here. */
  readonly uploadedAt: string;
  readonly readyAt: string;
  readonly publishedAt: string | null;
}

export interface Playlist {
  readonly id: string;
  readonly channelId: string;
  readonly title: string;
  readonly items: readonly { readonly id: string; readonly videoId: string; readonly at: string }[];
}

export interface Comment {
  readonly id: string;
  readonly videoId: string;
  readonly channelId: string;
  readonly text: string;
  readonly at: string;
}

const kept =
  <T>(name: string) =>
  (network: PracticeNetwork): PracticeCollection<T> =>
    network.collection(name);
export const channels = kept<Channel>("channels");
export const tokens = kept<string>("tokens");
export const sessions = kept<Session>("sessions");
export const videos = kept<Video>("videos");
export const playlists = kept<Playlist>("playlists");
export const comments = kept<Comment>("comments");

/** As long as YouTube's own, and with its letters. */
export function newId(kind: "channel" | "video" | "playlist" | "item" | "comment" | "session"): string {
  const random = (length: number) => randomBytes(length).toString("base64url").slice(0, length);
  switch (kind) {
    case "channel":
      return `UC${random(22)}`;
    case "video":
      return random(11);
    case "comment":
      return `Ugx${random(23)}`;
    default:
      return `PL${random(32)}`;
  }
}

export function uploadsPlaylist(channelId: string): string {
  return `UU${channelId.slice(2)}`;
}

export function uploadStatus(video: Video, now: Date): "uploaded" | "processed" | "failed" {
  if (Date.parse(video.readyAt) > now.getTime()) return "uploaded";
  return video.failure === null ? "processed" : "failed";
}
