import { once } from "node:events";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface CutLine {
  readonly url: string;
  /** Loses the requests that publish, or the answers to them. */
  cut: "before" | "after" | undefined;
  close(): void;
}

/**
 * A proxy in front of a server, which can be cut.
 * @param publishes how the path of a request ends that publishes
 */
export async function openCutLine(target: string, publishes: string): Promise<CutLine> {
  const server: Server = createServer((request, response) => {
    const cut = request.url?.endsWith(publishes) ? line.cut : undefined;
    if (cut === "before") return void request.socket.destroy();
    const { method = "GET", headers } = request;
    const onward = httpRequest(`${target}${request.url}`, { method, headers, agent: false }, (answer) => {
      if (cut === "after") return void answer.resume().on("end", () => request.socket.destroy());
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => request.socket.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const line: CutLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: undefined,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return line;
}
