import type { Database } from "./database.ts";

const foundingLock = 0x636c7204;

/** Until the transaction ends no other process founds a workspace. @returns whether there is none yet */
export async function lockFounding(tx: Database): Promise<boolean> {
  await tx.pool.query("select pg_advisory_xact_lock($1)", [foundingLock]);
  const { rows } = await tx.pool.query<{ none: boolean }>(
    "select not exists (select 1 from workspaces) as none",
  );
  return rows[0]?.none === true;
}

export async function insertWorkspace(
  db: Database,
  workspace: { readonly id: string; readonly name: string },
): Promise<void> {
  await db.pool.query("insert into workspaces (id, name) values ($1, $2)", [workspace.id, workspace.name]);
}
