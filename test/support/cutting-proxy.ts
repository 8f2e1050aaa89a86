import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

export interface CuttingProxy {
  readonly url: string;
  /** Requests that are answered by the server and cut before the client hears of it; each cuts once. */
  readonly cut: ((method: string, path: string) => boolean)[];
  close(): void;
}

/** Hands requests on to another server of this machine, and loses the answers it is told to lose. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { port } = new URL(target);
  const cut: CuttingProxy["cut"] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    const index = cut.findIndex((matches) => matches(method, url));
    const isCut = index >= 0 && cut.splice(index, 1).length > 0;
    const onward = httpRequest(
      { host: "127.0.0.1", port, method, path: url, headers, agent: false },
      (reply) => {
        if (isCut) return void reply.resume().on("end", () => request.socket.destroy());
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
