import type { Platform } from "../../domain/platform.ts";
import type { Database } from "../database.ts";

/**
 * active → held: nothing more goes out for this account until a person has looked after it. Not where it was connected
 * anew since that login was refused, or is being renewed: whoever renews it says how that ended.
 */
export async function holdAccount(
  db: Database,
  account: { readonly id: string; readonly workspaceId: string; readonly grantVersion: string },
  reason: { readonly code: string; readonly text: string },
): Promise<void> {
  await db.hot.query(
    `with held as (
       update accounts set state = 'held', reason_code = $3, reason_text = $4, updated_at = clock_timestamp()
       where id = $1 and workspace_id = $2 and state = 'active'
         and exists (select from grants g where g.id = accounts.grant_id and g.version = $5
           and (g.renewing_until is null or g.renewing_until < clock_timestamp())) returning id, workspace_id, reason_code
     )
     insert into delivery_events (workspace_id, type, account_id, reason_code)
     select workspace_id, 'account.held', id, reason_code from held`,
    [account.id, account.workspaceId, reason.code, reason.text, account.grantVersion],
  );
}

/** The platform asked this account to slow down: no claim before then. */
export async function coolAccount(
  db: Database,
  account: { readonly id: string; readonly workspaceId: string },
  forMs: number,
): Promise<void> {
  await db.hot.query(
    `update accounts set cool_until = greatest(cool_until, clock_timestamp() + $3 * interval '1 ms')
     where id = $1 and workspace_id = $2`,
    [account.id, account.workspaceId, forMs],
  );
}

/** The platform asked everyone behind one app to slow down: all accounts of this platform, whoever's they are. */
export async function coolApp(
  db: Database,
  app: { readonly platform: Platform; readonly mode: "live" | "practice" },
  forMs: number,
): Promise<void> {
  await db.hot.query(
    `update accounts set cool_until = greatest(cool_until, clock_timestamp() + $3 * interval '1 ms')
     where platform = $1 and mode = $2 and state = 'active'
       and (cool_until is null or cool_until < clock_timestamp() + $3 * interval '1 ms')`,
    [app.platform, app.mode, forMs],
  );
}
