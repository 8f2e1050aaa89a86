import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** A line to a server of this machine that carries what is sent up no faster than it is told. */
export interface SlowLine {
  readonly url: string;
  targetPort: number;
  /** Upwards; may change while something is on its way. */
  bytesPerSecond: number;
  /** What came through so far, from all who sent. */
  carried: number;
  close(): void;
}

const piecesPerSecond = 50;

/** What is still on the line when its sender hangs up is lost, as on a line that is cut. */
export async function openSlowLine(): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const server = createServer((sender) => {
    const target = connect(line.targetPort, "127.0.0.1");
    for (const socket of [sender, target]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
    sender.on("close", () => target.destroy());
    target.on("close", () => sender.destroy());
    target.pipe(sender);
    void carry(line, sender, target);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const line: SlowLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    targetPort: 0,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    carried: 0,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return line;
}

async function carry(line: SlowLine, sender: Socket, target: Socket): Promise<void> {
  try {
    for await (const chunk of sender as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length && !target.destroyed; ) {
        const isFast = line.bytesPerSecond === Number.POSITIVE_INFINITY;
        const size = isFast ? chunk.length : Math.ceil(line.bytesPerSecond / piecesPerSecond);
        const piece = chunk.subarray(at, at + size);
        at += piece.length;
        line.carried += piece.length;
        target.write(piece);
        if (!isFast) await delay((piece.length / line.bytesPerSecond) * 1000);
      }
  } catch {
    // the sender hung up
  } finally {
    target.destroy();
  }
}
