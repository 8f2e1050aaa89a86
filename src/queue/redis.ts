import { Cluster, Redis } from "ioredis";
import type { RedisTarget } from "../../config/redis-url.ts";
import { within } from "./within.ts";

const patienceMs = 3000;

/**
 * Opens a connection to Redis, a Sentinel group or a Cluster.
 * @param manner `fail-fast` for who rings (the diary remembers), `patient` for who waits for the bell
 */
export function connectRedis(target: RedisTarget, manner: "fail-fast" | "patient"): Redis | Cluster {
  const connection = target.kind === "cluster" ? openCluster(target, manner) : openServer(target, manner);
  connection.on("error", () => undefined); // told by the queue and the worker; without a listener it would end us
  return connection;
}

function openServer(target: RedisTarget, manner: "fail-fast" | "patient"): Redis {
  const options = { ...common(target, manner), db: target.database };
  const [node] = target.nodes;
  return target.kind === "sentinel"
    ? new Redis({ ...options, sentinels: [...target.nodes], name: target.master ?? "mymaster" })
    : new Redis({ ...options, host: node?.host ?? "127.0.0.1", port: node?.port ?? 6379 });
}

function openCluster(target: RedisTarget, manner: "fail-fast" | "patient"): Cluster {
  return new Cluster([...target.nodes], { redisOptions: common(target, manner) });
}

function common(target: RedisTarget, manner: "fail-fast" | "patient") {
  const patience =
    manner === "patient"
      ? { maxRetriesPerRequest: null }
      : { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 10_000 };
  return {
    ...patience,
    ...(target.username !== null && { username: target.username }),
    ...(target.password !== null && { password: target.password }),
    ...(target.tls && { tls: {} }),
  };
}

/**
 * Redis must not throw jobs away to save memory. One that is down at the start is no reason not to start: the diary
 * does without the queue.
 * @throws Error with a sentence for the operator
 */
export async function refuseEviction(connection: Redis | Cluster): Promise<void> {
  const asked = connection.config("GET", "maxmemory-policy").catch(() => undefined); // managed servers may forbid it
  const answer = await within(patienceMs, asked);
  const policy = Array.isArray(answer) ? String(answer[1]) : undefined;
  if (policy !== undefined && policy !== "noeviction")
    throw new Error(
      `Redis is set to maxmemory-policy "${policy}" and may throw waiting posts away. ` +
        'Set it to "noeviction": redis-cli config set maxmemory-policy noeviction, and the same in redis.conf.',
    );
}
