import type { PracticeCollection, PracticeNetwork } from "../../practice/kit.ts";
import type { PracticeContainer } from "../families/practice-graph-containers.ts";

export interface Container extends PracticeContainer {
  readonly accountId: string;
  readonly mediaType: "IMAGE" | "VIDEO" | "REELS" | "CAROUSEL";
  readonly isChild: boolean;
  readonly caption: string;
  readonly altText: string;
  /** The fetched file, under which timelines show it; empty for a carousel. */
  readonly url: string;
  readonly childIds: readonly string[];
  /** A subcode. */
  readonly failure: number | null;
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
