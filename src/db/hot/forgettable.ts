/**
 * A CTE for statements whose loss in a crash of PostgreSQL costs nothing: the commit does not wait for the disk. A lost
 * claim is a delivery that is still scheduled, and its holder's intent is refused; a lost ring is rung again. Whatever
 * becomes durable later, as the intent does, makes it durable too. It counts only where the statement reads from it.
 * See docs/adr/0004-what-need-not-reach-the-disk.md.
 */
export const forgettable =
  "forgettable as materialized (select set_config('synchronous_commit', 'off', true))";
