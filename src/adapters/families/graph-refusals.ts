import type { PublishErrorKind } from "../../domain/decide.ts";

/** What a number in Meta's error envelope means to us. */
export interface Refusal {
  readonly kind: Exclude<PublishErrorKind, "indeterminate">;
  /** The rest of the sentence that begins with the platform's name. */
  readonly says: string;
  /** Where ours is better known than the platform's. */
  readonly code?: string;
  /** Where the documentation names a wait. */
  readonly retryAfterMs?: number;
}

// Both tables: https://developers.facebook.com/docs/graph-api/guides/error-handling (checked 2026-11)

const signInAgain: Refusal = {
  kind: "unauthorized",
  says: "no longer accepts this login: connect the account again",
};
const notAllowed: Refusal = {
  kind: "forbidden",
  says: "has not given us the permission for this: connect the account again and allow everything it asks for",
};
const slowDown: Refusal = { kind: "rate_limited", says: "asks us to slow down; we wait and try again" };
const passing: Refusal = { kind: "unavailable", says: "is having trouble; we will try again" };
const confirmIdentity: Refusal = {
  kind: "unauthorized",
  says: "wants the person who connected this account to sign in there and confirm who they are; connect it again afterwards",
};

const notFound: Refusal = {
  kind: "invalid",
  says: "does not find what this is about, or does not let us see it: it may have been deleted, or the account may lack a permission",
  code: "100/33",
};

/** Numbers that mean one thing whatever the code beside them. */
export const generalSubcodes: Readonly<Record<number, Refusal>> = {
  33: notFound,
  458: {
    kind: "unauthorized",
    says: "has been told to disconnect this app: connect the account again",
  },
  459: confirmIdentity,
  460: {
    kind: "unauthorized",
    says: "ended this login when the password changed: connect the account again",
  },
  463: { kind: "unauthorized", says: "ended this login after its time: connect the account again" },
  464: confirmIdentity,
  467: signInAgain,
  492: {
    kind: "unauthorized",
    says: "says that the person who connected this account no longer has a role on the page: let somebody who has connect it again",
  },
  1609005: {
    kind: "invalid",
    says: "could not read the page behind the link: check the address, then try again",
  },
};

/** By code, where no subcode says it better. 200 stands for 200 to 299. */
export const generalRefusals: Readonly<Record<number, Refusal>> = {
  1: passing,
  2: passing,
  3: notAllowed,
  4: slowDown,
  10: notAllowed,
  17: slowDown,
  32: slowDown,
  100: { kind: "invalid", says: "refused a part of this post as not valid: change it and try again" },
  102: signInAgain,
  104: signInAgain,
  190: signInAgain,
  194: { kind: "invalid", says: "misses something in this post: complete it and try again" },
  200: notAllowed,
  341: slowDown,
  368: {
    kind: "forbidden",
    says: "has blocked this account for a while because of its rules: look at the account's messages there before posting again",
  },
  506: {
    kind: "invalid",
    says: "does not take the same post twice in a row: change the text, or leave it if the first one is enough",
    code: "duplicate",
  },
  613: slowDown,
  803: notFound,
  6000: {
    kind: "invalid",
    says: "could not use the video file: export it again as an MP4 and upload it anew",
  },
  6001: { kind: "unavailable", says: "did not receive the whole video; we will send it again" },
  80001: slowDown,
  80002: slowDown,
};
