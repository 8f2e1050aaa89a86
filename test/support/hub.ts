import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Hub = Awaited<ReturnType<typeof startHub>>;

interface Wish {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
  readonly leaseSeconds: string;
}

/**
 * A WebSub hub on a port of its own: it asks back before it calls, and signs what it sends.
 * @param callable where the callback's public origin is reached from here
 */
export async function startHub(callable: (callback: string) => string = (url) => url) {
  const wishes: Wish[] = [];
  const state = { status: 202, leaseSeconds: undefined as string | undefined, verified: 0 };
  const server = createServer((request, response) => void take(request, response));
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request));
    const [topic, callback] = [form.get("hub.topic") ?? "", form.get("hub.callback") ?? ""];
    const [secret, leaseSeconds] = [form.get("hub.secret") ?? "", form.get("hub.lease_seconds") ?? ""];
    wishes.push({ topic, callback, secret, leaseSeconds });
    response.writeHead(state.status).end();
    if (state.status !== 202) return;
    const challenge = randomUUID();
    const answer = await ask(callback, {
      "hub.mode": "subscribe",
      "hub.topic": topic,
      "hub.challenge": challenge,
      "hub.lease_seconds": state.leaseSeconds ?? leaseSeconds,
    });
    if (answer.status === 200 && (await answer.text()) === challenge) state.verified++;
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const ask = (callback: string, query: Readonly<Record<string, string>>) =>
    fetch(`${callable(callback)}?${new URLSearchParams(query)}`);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    origin,
    host: new URL(origin).host,
    /** What it was asked for. */
    wishes,
    ask,
    /** Calls, as it does when something is new. @param signature instead of its own; null: none */
    async push(
      { callback, secret }: Wish,
      body: string | Uint8Array<ArrayBuffer>,
      signature?: string | null,
    ): Promise<number> {
      const own = `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`;
      const signed = signature === undefined ? own : signature;
      const headers = {
        "content-type": "application/atom+xml",
        ...(signed !== null && { "x-hub-signature": signed }),
      };
      return (await fetch(callable(callback), { method: "POST", headers, body })).status;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
}
