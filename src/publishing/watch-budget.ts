import type { Adapter, Call } from "../adapters/contract/adapter.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import { coolAccount, coolApp } from "../db/hot/hold-account.ts";
import type { Engine } from "./engine.ts";

const longestMs = 24 * 3_600_000;

/**
 * The call with an eye on the answer to the publishing request: where its headers say that nothing is left, the
 * account or everyone behind the same app waits until the platform's own time, instead of being refused.
 * @param publishing whether the request under way is that one; others may be counted by themselves
 */
export function watchBudget(
  engine: Engine,
  adapter: Adapter<never>,
  { workspaceId, platform, account }: ClaimedDelivery,
  call: Call<never>,
  publishing: () => boolean,
): Call<never> {
  const { readBudget } = adapter;
  if (!readBudget) return call;
  return {
    ...call,
    async fetch(url, init) {
      const isPublishing = publishing();
      const answer = await call.fetch(url, init);
      if (!isPublishing) return answer;
      for (const { scope, remaining, resetMs } of readBudget(answer.headers, call.now())) {
        if (remaining > 0 || !(resetMs > 0)) continue;
        const forMs = Math.min(resetMs, longestMs);
        const cooling =
          scope === "app"
            ? coolApp(engine.world.db, { platform, mode: account.mode }, forMs)
            : coolAccount(engine.world.db, { id: account.id, workspaceId }, forMs);
        cooling.catch(() => undefined); // the platform's refusal would say it again
      }
      return answer;
    },
  };
}
