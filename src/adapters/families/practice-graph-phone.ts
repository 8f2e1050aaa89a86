import type { PracticeNetwork } from "../../practice/kit.ts";
import { type PhoneIdentity, PhoneRefusal } from "../../practice/phone.ts";
import type { GraphAccount } from "./practice-graph.ts";
import { GraphRefusal } from "./practice-graph-errors.ts";

export function graphIdentities(network: PracticeNetwork): readonly PhoneIdentity[] {
  return network
    .collection<GraphAccount>("accounts")
    .list()
    .map(([externalId, { handle, name }]) => ({ externalId, handle, name }));
}

/** What Meta refuses is told in the words it has for people, where it has some. @throws PhoneRefusal */
export async function inWordsForPeople<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GraphRefusal)) throw error;
    throw new PhoneRefusal(error.details.says ?? error.message.replace(/^\(#\d+\) /, ""));
  }
}
