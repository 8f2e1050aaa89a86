import type { Database } from "../database.ts";

/** A long upload is not a dead worker: the leases of these claims start anew. A claim that was lost stays lost. */
export async function extendClaims(
  db: Database,
  claims: readonly { readonly id: string; readonly fence: number }[],
  leaseMs: number,
): Promise<void> {
  await db.hot.query(
    `update deliveries d set lease_until = clock_timestamp() + $3 * interval '1 ms',
       next_check_at = clock_timestamp() + $3 * interval '1 ms'
     from unnest($1::text[], $2::bigint[]) as c(id, fence)
     where d.id = c.id and d.fence = c.fence and d.state = 'claimed' and d.lease_until > clock_timestamp()`,
    [claims.map((c) => c.id), claims.map((c) => c.fence), leaseMs],
  );
}
