import { Refusal } from "../../domain/refusal.ts";

/** A copy was deleted or changed by a person, or is on its way: nothing of it is left to be withdrawn. */
export function unlessTheirs(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
