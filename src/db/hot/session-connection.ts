import pg from "pg";
import type { Platform } from "../../domain/platform.ts";
import { type Connection, clientConfig } from "../database.ts";

/** Class of the advisory locks by which sessions prove that they live. */
export const sessionLockClass = 0x636c7203;
const answerMs = 15_000;

export interface SessionOptions {
  readonly role: "worker" | "scheduler" | "all";
  readonly platforms: readonly Platform[];
  /** A NOTIFY on `clarion_due` arrived: something falls due soon. */
  onDue(): void;
  onError(error: Error): void;
  /** The database was reached. */
  onBeat?(): void;
}

/** One connection of a session, its row and its lock. */
export interface Connected {
  readonly client: pg.Client;
  readonly id: number;
  /** Its connection broke. */
  lost?: boolean;
}

/** A session whole, or none: what fails midway is closed, and its locks with it. */
export async function connect(connection: Connection, options: SessionOptions): Promise<Connected> {
  const client = new pg.Client({ ...clientConfig(connection), query_timeout: answerMs });
  client.on("error", () => undefined); // a dying connection may complain more than once
  client.on("notification", () => options.onDue());
  try {
    await client.connect();
    const { rows } = await client.query(
      "insert into worker_sessions (role, platforms) values ($1, $2) returning id",
      [options.role, options.platforms],
    );
    const id: number = rows[0].id;
    await client.query("select pg_advisory_lock($1, $2)", [sessionLockClass, id]);
    await client.query("listen clarion_due");
    return { client, id };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

export async function beatOnce({ client, id }: Connected): Promise<void> {
  await client.query("update worker_sessions set last_beat = clock_timestamp() where id = $1", [id]);
}
