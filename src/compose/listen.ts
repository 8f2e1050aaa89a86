import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export interface Listening {
  /** Takes no new connection; resolves when the requests under way are answered, or cut off after five seconds. */
  close(): Promise<void>;
}

const patienceMs = 5000;
const uploadTimeoutMs = 3_600_000; // a video of a gigabyte over a slow line

/** @throws Error with a sentence for the operator when the port cannot be had */
export async function listen(handler: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer(handler);
  server.requestTimeout = uploadTimeoutMs;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === "EADDRINUSE"
        ? "something else listens there"
        : "it is refused";
    throw new Error(`Port ${port} on ${host} cannot be used: ${why}. Set PORT to another one.`);
  }
  return {
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), patienceMs);
      await closed;
      clearTimeout(late);
    },
  };
}
