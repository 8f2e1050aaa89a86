import { commit } from "../adapters/contract/commit.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import type { Engine } from "./engine.ts";
import { FenceLost } from "./fence-lost.ts";

/** The fence of one attempt: it lets one request through, and knows what that request proves. */
export interface Fence {
  commit<T>(send: () => Promise<T>): Promise<T>;
  /** Whether the intent was written. */
  sent(): boolean;
  /** What an error thrown by the adapter means, given how far the one request came. */
  explain(error: unknown): PublishError | FenceLost;
  /** The attempt is over: its deadline no longer counts. */
  end(): void;
}

type Progress = "closed" | "lost" | "open" | "accepted" | PublishError;

export function openFence(engine: Engine, delivery: ClaimedDelivery, abort: AbortController): Fence {
  let progress: Progress = "closed";
  let deadline: NodeJS.Timeout | undefined;

  async function intent(): Promise<void> {
    if (progress !== "closed") throw new Error("A publish commits once");
    progress = "lost";
    const startedMs = performance.now();
    const granted = await engine.intents.add(delivery).catch(() => {
      // It may have been written all the same; what is certain is that nothing was sent.
      progress = new PublishError("unavailable", "Our own database did not answer in time", {
        notSent: true,
      });
      throw progress;
    });
    if (!granted) throw new FenceLost("The intent was refused");
    progress = "open";
    engine.step("intended", delivery.id);
    // A process that was frozen meanwhile must not send into another's lease.
    const { sendLeaseMs, sendTimeoutMs } = engine.timings;
    if (performance.now() - startedMs > sendLeaseMs - sendTimeoutMs) {
      progress = new PublishError("unavailable", "It took too long to get ready", { notSent: true });
      throw progress;
    }
    deadline = setTimeout(() => abort.abort(), sendTimeoutMs);
  }

  return {
    end: () => clearTimeout(deadline),
    sent: () => progress !== "closed" && progress !== "lost",
    async commit(send) {
      try {
        const answer = await commit(intent, send);
        progress = "accepted";
        return answer;
      } catch (error) {
        if (error instanceof PublishError) progress = error;
        throw error;
      }
    },
    explain(error) {
      if (progress instanceof PublishError) return progress;
      if (progress === "lost" || error instanceof FenceLost) return new FenceLost("Nothing was sent");
      if (progress === "closed" && error instanceof PublishError) return error;
      engine.log.error({ deliveryId: delivery.id, problem: describe(error) }, "an adapter failed");
      return progress === "closed"
        ? new PublishError("unavailable", "Something went wrong before sending")
        : new PublishError("indeterminate", "It was sent, but what came back could not be used");
    },
  };
}

/** Where it happened, without the message: that may carry what the platform said. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return [
    error.name,
    ...(error.stack ?? "")
      .split("\n")
      .filter((line) => line.startsWith("    at "))
      .slice(0, 4),
  ].join("\n");
}
