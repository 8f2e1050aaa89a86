import type { PracticeNetwork } from "../../practice/kit.ts";

export interface Term {
  readonly id: number;
  readonly slug: string;
  /** As WordPress keeps names: with entities. */
  readonly name: string;
}

/** What an administrator has made; authors choose from them. */
export const categories: readonly Term[] = [
  { id: 1, slug: "uncategorized", name: "Uncategorized" },
  { id: 3, slug: "news", name: "News" },
  { id: 4, slug: "events-campaigns", name: "Events &amp; campaigns" },
];

export function tagsOf(network: PracticeNetwork): readonly Term[] {
  return network
    .collection<Term>("tags")
    .list()
    .map(([, tag]) => tag);
}
