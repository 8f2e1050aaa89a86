import type { Database } from "../db/database.ts";
import { deletePerson, insertPerson, listPeople, type PersonRow, replacePerson } from "../db/people.ts";
import { newId } from "../domain/ids.ts";
import type { Person } from "../domain/link/mentions.ts";
import { Refusal } from "../domain/refusal.ts";

interface PeopleWorld {
  readonly db: Database;
}

/** @throws Refusal `invalid_request` */
export async function addPerson(
  { db }: PeopleWorld,
  workspaceId: string,
  person: Person,
): Promise<PersonRow> {
  const row = { ...person, id: newId("per") };
  if (await insertPerson(db, workspaceId, row)) return row;
  throw new Refusal("invalid_request", "This workspace knows as many people as one may.");
}

export function showPeople({ db }: PeopleWorld, workspaceId: string): Promise<PersonRow[]> {
  return listPeople(db, workspaceId);
}

/** @throws Refusal `not_found` */
export async function putPerson(
  { db }: PeopleWorld,
  workspaceId: string,
  person: PersonRow,
): Promise<PersonRow> {
  if (!(await replacePerson(db, workspaceId, person))) throw noSuchPerson();
  return person;
}

/** @throws Refusal `not_found` */
export async function removePerson({ db }: PeopleWorld, workspaceId: string, id: string): Promise<void> {
  if (!(await deletePerson(db, workspaceId, id))) throw noSuchPerson();
}

function noSuchPerson(): Refusal {
  return new Refusal("not_found", "There is no such person.");
}
