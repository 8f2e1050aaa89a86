import { commit } from "../adapters/contract/commit.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import { sendLeaseFor, sendTimeoutFor } from "../domain/send-time.ts";
import type { Engine } from "./engine.ts";
import { FenceLost } from "./fence-lost.ts";

/** The fence of one attempt: it lets one request through, and knows what that request proves. */
export interface Fence {
  /** Ends whatever the attempt is waiting for. */
  readonly signal: AbortSignal;
  /** @param bytes of the files that travel in the request: it is given as long as they may take */
  commit<T>(send: () => Promise<T>, bytes: number): Promise<T>;
  /** Whether the intent was written. */
  sent(): boolean;
  /** What an error thrown by the adapter means, given how far the one request came. */
  explain(error: unknown): PublishError | FenceLost;
  /** The process has to go: what was not sent is not sent any more, and of what was sent nobody knows. */
  breakOff(): void;
  /** The attempt is over: its deadline no longer counts. */
  end(): void;
}

type Progress = "closed" | "lost" | "open" | "accepted" | PublishError;

export function openFence(engine: Engine, delivery: ClaimedDelivery): Fence {
  const abort = new AbortController();
  let progress: Progress = "closed";
  let isBrokenOff = false;
  let deadline: NodeJS.Timeout | undefined;

  async function intent(bytes: number): Promise<void> {
    if (progress !== "closed") throw new Error("A publish commits once");
    progress = "lost";
    const startedMs = performance.now();
    const leaseMs = sendLeaseFor(engine.timings, bytes);
    const granted = await engine.intents.add({ ...delivery, leaseMs }).catch(() => {
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
    if (isBrokenOff || performance.now() - startedMs > engine.timings.sendMarginMs) {
      progress = new PublishError("unavailable", "It took too long to get ready", { notSent: true });
      throw progress;
    }
    deadline = setTimeout(() => abort.abort(), sendTimeoutFor(engine.timings, bytes));
  }

  return {
    signal: abort.signal,
    breakOff() {
      isBrokenOff = true;
      abort.abort();
    },
    end: () => clearTimeout(deadline),
    sent: () => progress !== "closed" && progress !== "lost",
    async commit(send, bytes) {
      try {
        const answer = await commit(() => intent(bytes), send);
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
      if (progress === "closed" && isBrokenOff) return new FenceLost("The process stops");
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
