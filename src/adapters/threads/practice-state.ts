import type { PracticeCollection, PracticeNetwork } from "../../practice/kit.ts";
import type { PracticeContainer } from "../families/practice-graph-containers.ts";

export interface Container extends PracticeContainer {
  readonly accountId: string;
  readonly mediaType: "TEXT" | "IMAGE" | "VIDEO" | "CAROUSEL";
  readonly isChild: boolean;
  readonly text: string;
  readonly link: string | null;
  readonly replyTo: string | null;
  readonly topic: string;
  readonly replyControl: string;
  readonly altText: string;
  /** The fetched file, under which timelines show it; empty for a text and a carousel. */
  readonly url: string;
  readonly childIds: readonly string[];
  /** Threads' constant. */
  readonly failure: string | null;
}

/** What the pretend Threads remembers beside its public posts. */
export function containers(network: PracticeNetwork): PracticeCollection<Container> {
  return network.collection("containers");
}
/** The post's id by the code in its address. */
export function postByCode(network: PracticeNetwork): PracticeCollection<string> {
  return network.collection("codes");
}
/** When each post was deleted, ISO 8601, and by whom. */
export function deletions(
  network: PracticeNetwork,
): PracticeCollection<{ readonly accountId: string; readonly at: string }> {
  return network.collection("deletions");
}
