import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export interface Listening {
  /** Takes no new connection; resolves when the requests under way are answered, or cut off after five seconds. */
  close(): Promise<void>;
}

const patienceMs = 5000;
const uploadTimeoutMs = 3_600_000; // a video of a gigabyte over a slow line

/** Why a port cannot be had, in a sentence for the operator. */
export function portProblem(error: unknown, host: string, port: number, setting: string): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return new Error(`Port ${port} is taken: something else listens there. Set ${setting} to another one.`);
  if (code === "EACCES")
    return new Error(`Port ${port} needs more rights. Set ${setting} to one above 1024.`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new Error(
      `${host} is not an address of this machine. Set HOST to one that is, such as 127.0.0.1.`,
    );
  return error as Error;
}

/** @throws Error with a sentence for the operator when the port cannot be had */
export async function listen(handler: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer(handler);
  server.requestTimeout = uploadTimeoutMs;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw portProblem(error, host, port, "PORT");
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
