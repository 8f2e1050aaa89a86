import { expect, it } from "@jest/globals";
import { openQueuePool } from "../../src/db/queue-pool.ts";
import { createTestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

it("a database that ends a connection in the middle of BullMQ's transaction does not end the process", async () => {
  const database = await createTestDatabase();
  const errors: Error[] = [];
  const pool = openQueuePool(database.connection, 1, (error) => errors.push(error));
  const taken = await pool.connect();
  const { rows } = await taken.query("select pg_backend_pid() as pid");
  await pool.query("select pg_terminate_backend($1)", [rows[0].pid]);
  await until("the connection to break", () => errors.length > 0); // without a listener the test runner itself falls
  taken.release(true);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await pool.end();
  await database.drop();
});
