import type { Database } from "../db/database.ts";
import { isRefusedValue, isUniqueViolation } from "../db/errors.ts";
import { type Result, record } from "../db/hot/record.ts";

/**
 * Records a batch. One result that names a post another delivery already has must not take the others down with it:
 * then each is recorded alone, and that one is left to a person.
 */
export async function recordBatch(db: Database, results: readonly Result[]): Promise<boolean[]> {
  try {
    return await record(db, results);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    const recorded: boolean[] = [];
    for (const result of results) recorded.push(...(await recordAlone(db, result)));
    return recorded;
  }
}

async function recordAlone(db: Database, result: Result): Promise<boolean[]> {
  try {
    return await record(db, [result]);
  } catch (error) {
    if (!isRefusedValue(error)) throw error;
    const twice = isUniqueViolation(error);
    return record(db, [
      {
        ...result,
        state: "needs_decision",
        externalId: null,
        externalUrl: null,
        checkAfterMs: 3_600_000,
        handle: null,
        waitMs: null,
        settleMs: null,
        httpStatus: null,
        reasonCode: twice ? "same_post_twice" : "unreadable_answer",
        reasonText: twice
          ? "The platform named a post that another delivery already has. Please look at the account."
          : "The platform's answer could not be written down. Please look at the account.",
      },
    ]);
  }
}
