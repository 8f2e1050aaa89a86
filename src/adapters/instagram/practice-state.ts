import type { PracticeCollection, PracticeNetwork } from "../../practice/kit.ts";

export interface Container {
  readonly accountId: string;
  readonly mediaType: "IMAGE" | "VIDEO" | "REELS" | "CAROUSEL";
  readonly isChild: boolean;
  readonly caption: string;
  readonly altText: string;
  /** The fetched file, under which timelines show it; empty for a carousel. */
  readonly url: string;
  readonly childIds: readonly string[];
  /** ISO 8601, as all times here. */
  readonly createdAt: string;
  readonly readyAt: string;
  /** Why it cannot be used. */
  readonly failure: number | null;
  readonly mediaId: string | null;
}

export interface PublishedMedia {
  readonly accountId: string;
  readonly mediaType: "IMAGE" | "VIDEO" | "CAROUSEL_ALBUM";
  readonly shortcode: string;
  readonly caption: string;
  readonly timestamp: string;
}

/** What the pretend Instagram remembers beside its public posts. */
export function containers(network: PracticeNetwork): PracticeCollection<Container> {
  return network.collection("containers");
}
export function publishedMedia(network: PracticeNetwork): PracticeCollection<PublishedMedia> {
  return network.collection("media");
}
/** The media's id by the code in its address. */
export function mediaByCode(network: PracticeNetwork): PracticeCollection<string> {
  return network.collection("codes");
}

const containerLifeMs = 24 * 60 * 60_000;

export function statusCode(
  container: Container,
  now: Date,
): "PUBLISHED" | "EXPIRED" | "ERROR" | "FINISHED" | "IN_PROGRESS" {
  if (container.mediaId !== null) return "PUBLISHED";
  if (Date.parse(container.createdAt) + containerLifeMs <= now.getTime()) return "EXPIRED";
  if (Date.parse(container.readyAt) > now.getTime()) return "IN_PROGRESS";
  return container.failure === null ? "FINISHED" : "ERROR";
}
