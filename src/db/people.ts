import type { Person } from "../domain/link/mentions.ts";
import type { Database } from "./database.ts";

export interface PersonRow extends Person {
  readonly id: string;
}

const maxPeople = 5000;

/** @returns false where the workspace has as many as it may have */
export async function insertPerson(db: Database, workspaceId: string, person: PersonRow): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `insert into people (id, workspace_id, name, handles)
     select $2, $1, $3, $4 where (select count(*) from people where workspace_id = $1) < ${maxPeople}`,
    [workspaceId, person.id, person.name, JSON.stringify(person.handles)],
  );
  return rowCount === 1;
}

export async function listPeople(db: Database, workspaceId: string): Promise<PersonRow[]> {
  const { rows } = await db.pool.query<PersonRow>(
    "select id, name, handles from people where workspace_id = $1 order by id",
    [workspaceId],
  );
  return rows;
}

export async function replacePerson(db: Database, workspaceId: string, person: PersonRow): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    "update people set name = $3, handles = $4 where workspace_id = $1 and id = $2",
    [workspaceId, person.id, person.name, JSON.stringify(person.handles)],
  );
  return rowCount === 1;
}

export async function deletePerson(db: Database, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await db.pool.query("delete from people where workspace_id = $1 and id = $2", [
    workspaceId,
    id,
  ]);
  return rowCount === 1;
}
