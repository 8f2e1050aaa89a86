import { randomInt } from "node:crypto";
import type { PracticeCollection, PracticeNetwork } from "../../practice/kit.ts";
import type { PracticeAccount } from "./practice-access.ts";

export interface PracticeBoard {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
}

/** What every new account finds there. */
const names = ["Clarion", "Our campaigns", "Good news"];

export const boardsOf = (network: PracticeNetwork): PracticeCollection<PracticeBoard> =>
  network.collection("boards");

export function makeBoards(ownerId: string, network: PracticeNetwork): void {
  for (const name of names) {
    const id = newId(network);
    boardsOf(network).put(id, { id, ownerId, name });
  }
}

/** Someone else's is as good as none. */
export function ownBoard(
  id: string | undefined,
  account: PracticeAccount,
  network: PracticeNetwork,
): PracticeBoard | undefined {
  const board = boardsOf(network).get(id ?? "");
  return board?.ownerId === account.id ? board : undefined;
}

/** Digits, as all of Pinterest's ids. */
export function newId(network: PracticeNetwork): string {
  return `${network.now().getTime()}${randomInt(1e4, 1e5)}`;
}
