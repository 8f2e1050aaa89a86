import type { PracticeFile, PracticeIdentity, PracticeNetwork, PracticePost } from "./kit.ts";

/** What people do in a platform's own app, past Clarion. The forms on the platform's timeline act as that app. */
export interface PracticePhone {
  /** Whether there is no post here without a picture or a video. */
  readonly needsFile: boolean;
  /** Media types that a browser offers to choose; what counts is what the bytes say. */
  readonly accepts: readonly string[];
  /** All that may post: those the platform knows already. */
  identities(network: PracticeNetwork): readonly PhoneIdentity[];
  /**
   * Posts at once, and leaves what an app with a token reads as if an app had posted it.
   * @param network one that keeps no ledger
   * @returns the post's id
   * @throws PhoneRefusal
   */
  post(wanted: PhonePost, network: PracticeNetwork): Promise<string>;
  /** Gives a post another text; absent: the platform cannot. @throws PhoneRefusal */
  edit?(post: PracticePost, text: string, network: PracticeNetwork): void | Promise<void>;
  /** Deletes a post with all that goes with it; absent: nobody can. @throws PhoneRefusal */
  remove?(post: PracticePost, network: PracticeNetwork): void | Promise<void>;
}

export type PhoneIdentity = Pick<PracticeIdentity, "externalId" | "handle" | "name">;

export interface PhonePost {
  readonly identity: PhoneIdentity;
  readonly text: string;
  /** With the type that its bytes say it has. */
  readonly file: PracticeFile | undefined;
  /** Of the file; may be empty. */
  readonly altText: string;
}

/** A no in the platform's words, for people to read. */
export class PhoneRefusal extends Error {
  override readonly name = "PhoneRefusal";
}

/** The network as a phone sees it: its posts are marked, and neither they nor its refusals are in the ledger. */
export function seenFromPhone(network: PracticeNetwork): PracticeNetwork {
  return {
    ...network,
    publish: (post) => network.show({ ...post, extra: { ...post.extra, by: "phone" } }),
    refuse: () => {},
  };
}

/** The ledger is Clarion's; a platform that counts what apps post does not count these. */
export function isFromPhone({ extra }: PracticePost): boolean {
  return extra.by === "phone";
}
