import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { pino } from "pino";
import type { Engine } from "../../src/publishing/engine.ts";
import { openBackend } from "../../src/queue/backend.ts";
import type { QueueBackend } from "../../src/queue/bell.ts";
import { queueName } from "../../src/queue/doorbell.ts";
import { startPublishWorker } from "../../src/queue/publish-worker.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { until } from "../support/until.ts";

describe("a queue on PostgreSQL that is refused a connection when it begins", () => {
  let database: TestDatabase;
  let backend: QueueBackend;
  let operator: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    backend = await openBackend(database.connection, null, 2, () => undefined);
    operator = new pg.Client(database.connection);
    await operator.connect();
  });
  afterAll(async () => {
    await backend.close();
    await operator.end();
    await database.drop();
  });

  const limit = (connections: number) =>
    operator.query(`alter database ${database.connection.database} connection limit ${connections}`);

  beforeEach(async () => {
    await limit(1);
    const others = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";
    await until("the operator's connection is the only one", async () => {
      await operator.query(`select pg_terminate_backend(pid) ${others}`);
      return (await operator.query(`select 1 ${others}`)).rowCount === 0;
    });
  });

  const bellOf = (deliveryId: string) => [{ name: "publish", data: { deliveryId }, opts: {} }];

  it("lets the process go on, and takes and hears bells when it is opened anew", async () => {
    const heard: string[] = [];
    const open = () => {
      const opened = backend.openWorker("refused", async (id) => void heard.push(id), 1);
      opened.on("error", () => undefined);
      return opened;
    };
    const [worker, bell] = [open(), backend.openQueue("refused")];
    bell.on("error", () => undefined);
    await expect(worker.begin()).rejects.toThrow("too many connections");
    await expect(bell.addBulk(bellOf("dlv_1"))).rejects.toThrow("too many connections");
    await worker.close(true).catch(() => undefined);
    await limit(-1);
    const isTaken = () =>
      bell.addBulk(bellOf("dlv_1")).then(
        () => true,
        () => false,
      );
    await until("it takes bells", isTaken);
    const another = open();
    await another.begin();
    await until("it hears them", () => heard.includes("dlv_1"));
    await another.close();
    await bell.close();
  });

  it("is opened anew by the worker of its platform, which then hears bells", async () => {
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    const worker = startPublishWorker({ log, running: new Map() } as unknown as Engine, backend, "x", 1);
    await until("it has said so", () => lines.some((line) => line.includes("does not answer")));
    await limit(-1);
    const bell = backend.openQueue(queueName("x"));
    bell.on("error", () => undefined);
    await bell.addBulk(bellOf("dlv_2"));
    await until("it hears", () => worker.handled() > 0);
    await worker.close();
    await bell.close();
  });
});
