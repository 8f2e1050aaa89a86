import type { Adapter } from "../../src/adapters/contract/adapter.ts";
import type { ListenCall, StreamOptions } from "../../src/adapters/contract/listen.ts";

/** What an adapter makes of a stream that says this: where it was opened, and which of the messages rang. */
export async function heardBy<C>(
  adapter: Adapter<C>,
  call: Partial<ListenCall<C>>,
  messages: readonly (string | Uint8Array)[],
) {
  const rang: number[] = [];
  let [url, options, at] = ["", undefined as StreamOptions | undefined, 0];
  await adapter.listen?.({
    ...(call as ListenCall<C>),
    ring: () => rang.push(at),
    stream: async (opened, given) => {
      [url, options] = [opened, given];
      for (const message of messages) {
        given.onMessage(message);
        at += 1;
      }
    },
  });
  return { url, headers: options?.headers, maxMessageBytes: options?.maxMessageBytes, rang };
}
