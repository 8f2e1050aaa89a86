import type { Variant } from "../../domain/post.ts";
import type { Question } from "../contract/adapter.ts";
import { textWithLink } from "../contract/text.ts";
import { findRecord, postCollection } from "./api.ts";
import { recordKey } from "./record-key.ts";
import type { BlueskyCall } from "./session.ts";

type Sought = Pick<Question, "variant" | "deliveryKey"> & {
  readonly parent?: { readonly externalId: string } | undefined;
};

/** What stands in the delivery's place: nothing, what we would have put there, or something else. */
export async function findOwn(sought: Sought, call: BlueskyCall): Promise<"nothing" | "ours" | "other"> {
  const place = {
    repo: call.account.externalId,
    collection: postCollection,
    rkey: recordKey(sought.deliveryKey),
  };
  const found = await findRecord(call, place);
  if (!found) return "nothing";
  return isSame(found.value as SeenPost, sought.variant, sought.parent) ? "ours" : "other";
}

interface SeenPost {
  readonly text?: unknown;
  readonly reply?: { readonly parent?: { readonly uri?: unknown } };
  readonly embed?: { readonly images?: readonly unknown[]; readonly video?: unknown };
}

/** The key alone is proof enough but for chance: text, parent and files rule that out too. */
function isSame({ text, reply, embed }: SeenPost, variant: Variant, parent: Sought["parent"]): boolean {
  const files = embed?.video === undefined ? (embed?.images?.length ?? 0) : 1;
  return (
    text === textWithLink(variant) &&
    (reply?.parent?.uri ?? null) === (parent?.externalId ?? null) &&
    files === variant.media.length
  );
}
