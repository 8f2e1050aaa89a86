import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import type { Platform } from "../../src/domain/platform.ts";

/** The practice network behind a proxy, on which one platform takes every connection and says nothing. */
export interface HangingLine {
  readonly url: string;
  targetPort: number;
  hung: Platform | undefined;
  /** What was asked of it in vain: `POST /2/tweets`. */
  readonly asked: string[];
  /** It answers again; who still waits for an answer is cut off. */
  recover(): void;
  close(): void;
}

export async function openHangingLine(): Promise<HangingLine> {
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    if (line.hung && url.startsWith(`/${line.hung}/`)) {
      line.asked.push(`${method} ${url.slice(line.hung.length + 1).split("?")[0]}`);
      waiting.add(() => request.socket.destroy());
      return;
    }
    const options = { host: "127.0.0.1", port: line.targetPort, method, path: url, headers, agent: false };
    const onward = httpRequest(options, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on("error", () => request.socket.destroy());
    request.pipe(onward);
  });
  const waiting = new Set<() => void>();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const line: HangingLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targetPort: 0,
    hung: undefined,
    asked: [],
    recover() {
      line.hung = undefined;
      for (const cut of waiting) cut();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return line;
}
