import type { Connection } from "../database.ts";
import { beatOnce, type Connected, connect, type SessionOptions } from "./session-connection.ts";

const leaderLockKey = 0x636c7202;
const beatMs = 5000;
const reconnectMs = 1000;

/** A process at work, with a connection of its own that PostgreSQL sees closing when the process dies. */
export interface Session {
  /** Owner of the leases; another one after the connection was lost and made anew. */
  readonly id: number;
  /** Tries to become, or stay, the one leading scheduler. */
  lead(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens a session: writes its row, takes its lock, listens, and beats every five seconds. */
export async function openSession(connection: Connection, options: SessionOptions): Promise<Session> {
  let current = await connect(connection, options);
  let leader: Connected | undefined;
  let closed = false;
  watch(current);
  const beat = setInterval(() => {
    const session = current;
    beatOnce(session).then(options.onBeat, (error: Error) => {
      // A server that says no is there; one that says nothing has gone, whatever the connection believes.
      if ("severity" in error) options.onError(error);
      else lost(session, error);
    });
  }, beatMs);

  function watch(session: Connected): void {
    const onLost = (error: Error) => lost(session, error);
    session.client
      .once("error", onLost)
      .once("end", () => onLost(new Error("The session's connection ended")));
  }

  /** Once per connection: one loop makes the next, and whatever the old one still says is no longer heard. */
  function lost(session: Connected, error: Error): void {
    if (closed || session.lost) return;
    session.lost = true;
    options.onError(error);
    session.client.end().catch(() => undefined);
    void reconnect();
  }

  async function reconnect(): Promise<void> {
    const fresh = await connect(connection, options).catch(() => undefined);
    if (closed) return void (await fresh?.client.end());
    if (!fresh) return void setTimeout(() => void reconnect(), reconnectMs);
    current = fresh;
    watch(fresh);
    options.onDue(); // whatever was notified meanwhile
  }

  return {
    get id() {
      return current.id;
    },
    async lead() {
      const asked = current;
      if (asked.lost) return false;
      if (leader === asked) return true;
      const { rows } = await asked.client.query("select pg_try_advisory_lock($1) as yes", [leaderLockKey]);
      if (rows[0].yes) leader = asked;
      return rows[0].yes && !asked.lost;
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
