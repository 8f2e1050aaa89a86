import type { createConnection, Socket } from "node:net";
import type { buildConnector } from "undici";
import { type RawData, WebSocket } from "ws";
import type { StreamOptions } from "../adapters/contract/listen.ts";

export interface GuardedStreamOptions extends StreamOptions {
  onOpen(): void;
  readonly signal: AbortSignal;
}

/** Listens until the server ends it, the signal is set off, or something is wrong: then it rejects. */
export type GuardedStream = (url: string, options: GuardedStreamOptions) => Promise<void>;

/**
 * WebSockets that stay open. Each has a connection of its own, cut at the end whatever the server does.
 * @param connect decides where it may go, as for every other request
 * @param silenceMs a line that carries nothing for this long, in spite of a ping, is dead after as long again
 */
export function guardedStream(connect: buildConnector.connector, silenceMs: number): GuardedStream {
  return async (url, options) => {
    if (!/^wss?:\/\//i.test(url)) throw new TypeError("Only ws and wss URLs are listened to");
    options.signal.throwIfAborted();
    const line: Line = { isOver: false };
    const socket = new WebSocket(url, {
      createConnection: through(connect, line, new URL(url).protocol) as unknown as typeof createConnection,
      headers: { ...options.headers },
      maxPayload: options.maxMessageBytes,
      perMessageDeflate: false,
    });
    const stopWatching = watch(socket, silenceMs);
    const mayHear = bounded(options.maxMessageBytes);
    try {
      await heard(socket, options, mayHear);
    } finally {
      line.isOver = true;
      stopWatching();
      socket.terminate();
      line.socket?.destroy();
    }
  };
}

const largestAtOnce = 4;

/** The stream is not there, or is no more. Without the words of whoever noticed: they may carry the address. */
class StreamError extends Error {
  override readonly name = "StreamError";
  readonly code: string;

  constructor(code: string) {
    super("The stream broke");
    this.code = code;
  }
}

/** Whoever sends more than some messages of the largest size in ten seconds wants to keep us busy. */
function bounded(maxMessageBytes: number): (bytes: number) => void {
  let [sinceMs, heardBytes] = [performance.now(), 0];
  return (bytes) => {
    if (performance.now() - sinceMs > 10_000) [sinceMs, heardBytes] = [performance.now(), 0];
    heardBytes += bytes;
    if (heardBytes > largestAtOnce * maxMessageBytes) throw new StreamError("flood");
  };
}

function heard(
  socket: WebSocket,
  { onOpen, onMessage, signal }: GuardedStreamOptions,
  mayHear: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve();
    signal.addEventListener("abort", stop, { once: true });
    const guarded = (work: () => void) => {
      try {
        if (!signal.aborted) work();
      } catch (error) {
        reject(error as Error);
      }
    };
    socket.on("open", () => guarded(onOpen));
    socket.on("message", (data, isBinary) =>
      guarded(() => {
        const bytes = bytesOf(data);
        mayHear(bytes.length);
        onMessage(isBinary ? bytes : String(data));
      }),
    );
    // Stays after the end: what is cut off while it connects complains once more.
    socket.on("error", (error: NodeJS.ErrnoException) => reject(new StreamError(codeOf(error))));
    socket.on("close", () => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
  });
}

/** `Unexpected server response: 401` is all that is told of a refusal. */
function codeOf({ code, message }: NodeJS.ErrnoException): string {
  const status = /^Unexpected server response: (\d{3})$/.exec(message)?.[1];
  return code ?? (status === undefined ? "broken" : `http_${status}`);
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}

/** Ends what is not open in time, and a line over which nothing comes any more, not even an answer to a ping. */
function watch(socket: WebSocket, silenceMs: number): () => void {
  let isAlive = true;
  const noteLife = () => {
    isAlive = true;
  };
  for (const sign of ["message", "ping", "pong"] as const) socket.on(sign, noteLife);
  const timer = setInterval(() => {
    if (!isAlive || socket.readyState !== WebSocket.OPEN) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, silenceMs);
  return () => clearInterval(timer);
}

interface Line {
  socket?: Socket;
  isOver: boolean;
}

/** As `ws` wants its connections made. */
function through(connect: buildConnector.connector, line: Line, protocol: string) {
  return (
    { host, port }: { readonly host: string; readonly port: number | string },
    done: (error: Error | null, socket?: Socket) => void,
  ): undefined => {
    const target = { host, hostname: host, port: String(port) };
    connect({ ...target, protocol: protocol === "wss:" ? "https:" : "http:" }, (error, socket) => {
      if (error) return done(error);
      line.socket = socket;
      if (line.isOver) socket.destroy();
      done(null, socket);
    });
  };
}
