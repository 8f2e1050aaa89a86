import { setTimeout as wait } from "node:timers/promises";
import type { Context, Corner } from "./corner.ts";
import type { PracticeReply, PracticeRequest, PracticeRoute } from "./kit.ts";
import { isDead } from "./sign-in-store.ts";

const defaultDelayMs = 10_000;

/** Lets the platform answer, or breaks it as its fault says. `reset`: cut the connection without an answer. */
export async function answerOrBreak(
  context: Pick<Context, "faults" | "signal" | "ground">,
  corner: Corner,
  route: PracticeRoute,
  request: PracticeRequest,
): Promise<PracticeReply | "reset"> {
  const { practice, network } = corner;
  const handle = async () => route.handle(request, network);
  const publishes = route.publishes?.(request) ?? false;
  const signsIn = request.token !== undefined || request.headers.authorization !== undefined;
  const revoked = context.faults.get(practice.platform)?.fault === "revoked" && signsIn;
  if (request.token !== undefined && isDead(network, request.token)) return practice.unauthorized();
  if (!publishes && !revoked) return handle();
  const setting = publishes ? context.faults.take(practice.platform) : undefined;
  if (revoked) {
    if (publishes) network.refuse("", "fault: revoked");
    return practice.unauthorized();
  }
  switch (setting?.fault) {
    case "reset_before":
      return "reset";
    case "reset_after_accept":
      await handle();
      return "reset";
    case "slow": // takes effect late, even for a client that has gone
      await wait(setting.delayMs ?? defaultDelayMs, undefined, { signal: context.signal });
      return handle();
    case "5xx_after_accept":
      await handle();
      return badGateway;
    case "garbled_after_accept":
      await handle();
      return { status: 200, headers: { "content-type": "application/json" }, body: '{"id":"1' };
    case "429": {
      network.refuse("", "fault: 429");
      const { resetAfterMs } = setting;
      const now = network.now();
      const resetAt = resetAfterMs === undefined ? null : new Date(+now + resetAfterMs);
      return practice.rateLimited(resetAt, now);
    }
    default:
      return handle();
  }
}

const badGateway: PracticeReply = {
  status: 502,
  headers: { "content-type": "text/html" },
  body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
};
