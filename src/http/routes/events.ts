import { once } from "node:events";
import type { Response } from "express";
import { type FollowedEvent, followEvents } from "../../publishing/follow-events.ts";
import { type Route, route } from "../route.ts";

const pingMs = 15_000;

export const eventRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/events",
    scope: "read",
    tag: "Events",
    summary: "What happens, as it happens",
    description:
      "Server-sent events: `delivery.*`, `post.*`, `account.*`, `workspace.*`. Send the last id you have seen as `Last-Event-ID` to go on from there; none is skipped. The stream ends when the key is revoked.",
    answers: { 200: { description: "The stream", type: "text/event-stream" } },
    async handle({ world, workspaceId, request, response, options, stillAllowed }) {
      const after = request.headers["last-event-id"];
      const signal = AbortSignal.any([options.closing, closingOf(response)]);
      const batches = followEvents(world, workspaceId, {
        after: typeof after === "string" ? after : undefined,
        signal,
        allowed: stillAllowed,
      });
      if (request.method === "HEAD") return { status: 200, headers: { "Content-Type": "text/event-stream" } };
      const first = await batches.next(); // a bad Last-Event-ID is still answered by a problem document
      response.writeHead(200, {
        "Content-Type": "text/event-stream; charset=utf-8",
        "X-Accel-Buffering": "no",
      });
      await write(response, "retry: 2000\n\n", signal);
      if (!first.done) await writeAll(response, first.value, batches, signal);
      response.end();
      return undefined;
    },
  }),
];

async function writeAll(
  response: Response,
  first: readonly FollowedEvent[],
  rest: AsyncIterable<readonly FollowedEvent[]>,
  signal: AbortSignal,
): Promise<void> {
  await write(response, first.map(toMessage).join(""), signal);
  let quietSince = performance.now();
  for await (const events of rest) {
    if (events.length === 0 && performance.now() - quietSince < pingMs) continue;
    quietSince = performance.now();
    await write(response, events.length === 0 ? ": still here\n\n" : events.map(toMessage).join(""), signal);
  }
}

/** Waits while the listener is slow: nothing is read for it meanwhile. */
async function write(response: Response, text: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || text === "" || response.write(text)) return;
  await once(response, "drain", { signal }).catch(() => undefined);
}

function toMessage(event: FollowedEvent): string {
  const { id, ...data } = event;
  return `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

function closingOf(response: Response): AbortSignal {
  const closed = new AbortController();
  response.on("close", () => closed.abort());
  return closed.signal;
}
