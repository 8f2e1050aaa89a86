import type { Socket } from "node:net";
import { Agent, type buildConnector, WebSocket } from "undici";

/** Resolves to the first message a WebSocket sends; rejects when the time is over, or the signal is set off. */
export type FirstMessage = (url: string, timeoutMs: number, signal: AbortSignal) => Promise<string>;

/**
 * Listens to WebSockets for one message each. Every time has connections of its own, cut at the end: a server that
 * keeps talking, or never says goodbye, holds nothing open.
 * @param connect decides where it may go, as for every other request
 */
export function firstMessage(connect: buildConnector.connector, maxBytes: number): FirstMessage {
  return async (url, timeoutMs, signal) => {
    if (!/^wss?:\/\//i.test(url)) throw new TypeError("Only ws and wss URLs are listened to");
    signal.throwIfAborted();
    const seen: Seen = { opened: [] };
    const dispatcher = new Agent({ connect: noting(connect, seen), webSocket: { maxPayloadSize: maxBytes } });
    const socket = new WebSocket(url, { dispatcher });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<string>((resolve, reject) => {
        const giveUp = () => reject(new Error("Nothing was said in time"));
        timer = setTimeout(giveUp, timeoutMs);
        signal.addEventListener("abort", giveUp, { once: true });
        socket.addEventListener("message", ({ data }) =>
          typeof data === "string" ? resolve(data) : reject(new Error("The message is not text")),
        );
        // Without the reason's words: they may carry the URL, and that its key.
        socket.addEventListener("close", () => reject(new SocketEnded(seen.refusal)));
      });
    } finally {
      clearTimeout(timer);
      socket.close();
      for (const connection of seen.opened) connection.destroy();
      dispatcher.destroy().catch(() => undefined);
    }
  };
}

class SocketEnded extends Error {
  override readonly name = "SocketEnded";
  readonly code: string | undefined;

  constructor(code: string | undefined) {
    super("The socket ended without a message");
    this.code = code;
  }
}

interface Seen {
  readonly opened: Socket[];
  /** Why there is no connection. */
  refusal?: string;
}

function noting(connect: buildConnector.connector, seen: Seen): buildConnector.connector {
  return (target, callback) =>
    connect(target, (...outcome) => {
      const [error, socket] = outcome;
      if (socket) seen.opened.push(socket);
      if (error) seen.refusal = (error as NodeJS.ErrnoException).code ?? error.name;
      callback(...outcome);
    });
}
