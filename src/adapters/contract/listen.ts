import type { Call } from "./adapter.ts";

/** What `listen` is given: a call that stays open. Its `signal` ends it. */
export interface ListenCall<C> extends Call<C> {
  /** The account may have posted, changed or deleted something: it is read as usual, and nothing else of the stream used. */
  ring(): void;
  readonly stream: OpenStream;
}

/**
 * Opens a WebSocket (ws, wss) that stays open, through the same guard as requests.
 * @returns when the server has ended it, or `signal` was set off
 * @throws Error with a `code` where it could not be opened, or broke; what `onMessage` throws
 */
export type OpenStream = (url: string, options: StreamOptions) => Promise<void>;

export interface StreamOptions {
  /** Where secrets belong: addresses end up in logs. */
  readonly headers?: Readonly<Record<string, string>>;
  /** One that is larger ends the stream. */
  readonly maxMessageBytes: number;
  onMessage(message: string | Uint8Array): void;
}
