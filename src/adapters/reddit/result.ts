import type { Call, Pending, Published } from "../contract/adapter.ts";
import { published } from "./published.ts";

/** As long as PRAW listens; a picture takes a second or two, what takes longer is looked for. */
const listenMs = 10_000;

/** `failed`: Reddit said that it could not use the file. */
export type Handle = "processing" | "failed";

/**
 * What becomes of a picture or a video that Reddit accepted: told once, by WebSocket. The post may be public already,
 * so nothing here throws, and even a "failed" is looked at before it is believed.
 */
export async function resultOf(
  resultUrl: string | null,
  call: Pick<Call<unknown>, "firstMessage" | "baseUrl">,
): Promise<Published | Pending> {
  if (resultUrl === null) return pending("processing");
  try {
    const message = JSON.parse(await call.firstMessage(resultUrl, listenMs)) as Message;
    if (message.type === "failed") return pending("failed");
    const page = String(message.payload?.redirect);
    const id = /\/comments\/([a-z0-9]{1,13})(?:\/|$)/.exec(page)?.[1];
    return id === undefined ? pending("processing") : published(`t3_${id}`, page, call);
  } catch {
    return pending("processing");
  }
}

interface Message {
  readonly type?: unknown;
  readonly payload?: { readonly redirect?: unknown };
}

export function pending(handle: Handle): Pending {
  return { state: "pending", handle, checkAfterMs: 15_000 };
}
