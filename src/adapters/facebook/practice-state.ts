import type { PracticeCollection, PracticeNetwork } from "../../practice/kit.ts";

export interface Photo {
  readonly accountId: string;
  readonly url: string;
  readonly altText: string;
  readonly posted: boolean;
}

export interface Video {
  readonly accountId: string;
  readonly url: string;
  readonly description: string;
  readonly published: boolean;
  /** ISO 8601, as all times here. */
  readonly readyAt: string;
}

export interface FeedPost {
  readonly accountId: string;
  readonly message: string;
  readonly link: string | null;
  readonly photoIds: readonly string[];
  readonly published: boolean;
  readonly createdAt: string;
}

/** What the pretend Facebook remembers beside its public posts. */
export function photos(network: PracticeNetwork): PracticeCollection<Photo> {
  return network.collection("photos");
}
export function videos(network: PracticeNetwork): PracticeCollection<Video> {
  return network.collection("videos");
}
export function feedPosts(network: PracticeNetwork): PracticeCollection<FeedPost> {
  return network.collection("feed");
}
/** The id of each page's newest post. */
export function newest(network: PracticeNetwork): PracticeCollection<string> {
  return network.collection("newest");
}
