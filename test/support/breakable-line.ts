import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type BreakableLine = Awaited<ReturnType<typeof openBreakableLine>>;

/** A line to a server of this machine that breaks and is mended when it is told to, and remembers what was sent up. */
export async function openBreakableLine() {
  const lines = new Map<Socket, string>(); // what was sent over each that stands
  const gone: string[] = [];
  const state = { targetPort: 0, isBroken: false, tries: 0 };
  const server = createServer((sender) => {
    state.tries += 1;
    sender.on("error", () => undefined);
    if (state.isBroken) return void sender.destroy();
    const target = connect(state.targetPort, "127.0.0.1").on("error", () => undefined);
    lines.set(sender, "");
    sender.on("data", (chunk: Buffer) => lines.set(sender, lines.get(sender) + chunk.toString("latin1")));
    sender.on("close", () => {
      gone.push(lines.get(sender) ?? "");
      lines.delete(sender);
      target.destroy();
    });
    target.on("close", () => sender.destroy());
    sender.pipe(target);
    target.pipe(sender);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const isStream = (sent: string) => /^upgrade: websocket\r$/im.test(sent);
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was asked over each WebSocket that stands, with its headers. */
    streams: () => [...lines.values()].filter(isStream),
    /** All that was ever sent. */
    sent: () => [...gone, ...lines.values()],
    break() {
      state.isBroken = true;
      for (const sender of lines.keys()) sender.destroy();
    },
    mend() {
      state.isBroken = false;
    },
    close() {
      server.close();
      for (const sender of lines.keys()) sender.destroy();
    },
  });
}
