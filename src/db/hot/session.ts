import pg from "pg";
import type { Platform } from "../../domain/platform.ts";
import { type Connection, clientConfig } from "../database.ts";

/** Class of the advisory locks by which sessions prove that they live. */
export const sessionLockClass = 0x636c7203;
const leaderLockKey = 0x636c7202;
const beatMs = 5000;

/** A process at work, with a connection of its own that PostgreSQL sees closing when the process dies. */
export interface Session {
  /** Owner of the leases; another one after the connection was lost and made anew. */
  readonly id: number;
  /** Tries to become, or stay, the one leading scheduler. */
  lead(): Promise<boolean>;
  close(): Promise<void>;
}

interface Options {
  readonly role: "worker" | "scheduler" | "all";
  readonly platforms: readonly Platform[];
  /** A NOTIFY on `clarion_due` arrived: something falls due soon. */
  onDue(): void;
  onError(error: Error): void;
  /** The database was reached. */
  onBeat?(): void;
}

/** Opens a session: writes its row, takes its lock, listens, and beats every five seconds. */
export async function openSession(connection: Connection, options: Options): Promise<Session> {
  let current = await connect(connection, options, lost);
  let closed = false;
  let leading = false;
  const beat = setInterval(() => {
    current.client
      .query("update worker_sessions set last_beat = clock_timestamp() where id = $1", [current.id])
      .then(() => options.onBeat?.(), options.onError);
  }, beatMs);

  function lost(error: Error): void {
    leading = false;
    if (closed) return;
    options.onError(error);
    const again = () =>
      connect(connection, options, lost).then(
        (fresh) => {
          current = fresh;
          options.onDue(); // whatever was notified meanwhile
        },
        () => void setTimeout(() => void again(), 1000),
      );
    void again();
  }

  return {
    get id() {
      return current.id;
    },
    async lead() {
      if (leading) return true;
      const { rows } = await current.client.query("select pg_try_advisory_lock($1) as yes", [leaderLockKey]);
      leading = rows[0].yes;
      return leading;
    },
    async close() {
      closed = true;
      clearInterval(beat);
      await current.client
        .query("update worker_sessions set ended_at = clock_timestamp() where id = $1", [current.id])
        .catch(() => undefined);
      await current.client.end();
    },
  };
}

async function connect(connection: Connection, options: Options, lost: (error: Error) => void) {
  const client = new pg.Client(clientConfig(connection));
  await client.connect();
  client.once("error", lost);
  client.on("error", () => undefined); // a dying connection may complain more than once
  client.on("notification", () => options.onDue());
  const { rows } = await client.query(
    "insert into worker_sessions (role, platforms) values ($1, $2) returning id",
    [options.role, options.platforms],
  );
  const id: number = rows[0].id;
  await client.query("select pg_advisory_lock($1, $2)", [sessionLockClass, id]);
  await client.query("listen clarion_due");
  return { client, id };
}
