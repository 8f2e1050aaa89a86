import { callFor } from "../../accounts/call.ts";
import type { HeardSource } from "../../db/heard-sources.ts";
import { ringSource } from "../../db/push.ts";
import type { Mirror } from "./mirror.ts";
import { type Ringer, steadyRinger } from "./steady-ringer.ts";

const requestTimeoutMs = 60_000;
/** A source is read every two seconds at most. */
const ringEveryMs = 1000;

/**
 * Listens to an account as long as its platform's stream lasts, and has it read when something is new. What was missed
 * before is read too, for the account rings once when the stream opens. A login is never renewed here: readings do that.
 * @throws whatever ended the stream before its time
 */
export async function hearAccount(
  { world }: Pick<Mirror, "world">,
  { id, workspaceId, account }: HeardSource,
  signal: AbortSignal,
): Promise<void> {
  const call = await callFor(world, { ...account, workspaceId }, signal);
  const failed = (error: Error) =>
    world.log.warn({ source: id, problem: error.name }, "a source did not ring");
  const ringer: Ringer = steadyRinger(() => ringSource(world.db, id), ringEveryMs, failed);
  const { ring } = ringer;
  try {
    await world.adapters[account.platform].listen?.({
      ...call,
      fetch: (url, init) =>
        call.fetch(url, {
          ...init,
          signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
        }),
      ring,
      stream: (url, options) => world.stream(url, { ...options, onOpen: ring, signal }),
    });
  } finally {
    await ringer.stop();
  }
}
