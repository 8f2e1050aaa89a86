import { afterAll, beforeAll, expect, it } from "@jest/globals";
import pg from "pg";
import { openSession, type Session } from "../../src/db/hot/session.ts";
import { sessionLockClass } from "../../src/db/hot/session-connection.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

let database: TestDatabase;
let client: pg.Client;
let locker: pg.Client;
let session: Session;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ ...database.connection, ssl: false });
  locker = new pg.Client({ ...database.connection, ssl: false });
  await Promise.all([client.connect(), locker.connect()]);
  session = await openSession(database.connection, { role: "all", platforms: [], onDue() {}, onError() {} });
});
afterAll(async () => {
  await session.close();
  await Promise.all([client.end(), locker.end()]);
  await database.drop();
});

const locks = async () => {
  const { rows } = await client.query(
    `select l.objid::int as id from pg_locks l join pg_database b on b.oid = l.database
     where l.locktype = 'advisory' and l.classid = $1 and b.datname = current_database()`,
    [sessionLockClass],
  );
  return rows.map((row) => row.id);
};
const end = (where: string) =>
  client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'clarion' and ${where}`,
  );
const inserting = "query like 'insert into worker_sessions%' and wait_event_type = 'Lock'";

it("a session that is lost again while it is made anew comes back as one, and leads", async () => {
  expect(await session.lead()).toBe(true);
  const before = session.id;
  await locker.query("begin; lock table worker_sessions in exclusive mode");
  await end("true");
  await until("the new session writes its row", async () => {
    const { rowCount } = await client.query(`select from pg_stat_activity where ${inserting}`);
    return rowCount === 1;
  });
  await end(inserting);
  await locker.query("commit");
  await until("there is a new session", async () => session.id !== before);
  expect(await locks()).toEqual([session.id]);
  await until("it leads", () => session.lead());

  const second = session.id;
  await end("true");
  await until("there is a third session", async () => session.id !== second);
  await until("it leads again", () => session.lead());
  expect(await locks()).toEqual([session.id]);
});
