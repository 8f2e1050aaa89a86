import { Refusal } from "../../domain/refusal.ts";

/** Why nothing was taken from a person who came back, by the word that their page has in its address. */
const messages = {
  gone: "This login has been used already, is too old, or was begun in another browser. Start connecting the account again.",
  other_server:
    "This login came back from another server than it was begun for. Start connecting the account again, and only at a server you trust.",
} as const;

export type NotTaken = keyof typeof messages;
export const whyNotTaken = Object.keys(messages) as readonly NotTaken[];

export function notTaken(because: NotTaken): Refusal & { readonly because: NotTaken } {
  return Object.assign(new Refusal("not_found", messages[because]), { because });
}
