import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { textWithLink } from "../contract/text.ts";
import { ask, type BlobRef, uploadBlob } from "./api.ts";
import { mentionsIn } from "./rich-text.ts";
import { type BlueskyCredentials, sessionFor } from "./session.ts";
import { continueVideo, startVideo, type VideoStep } from "./video.ts";

// A server keeps a file that no record refers to for "at least one hour": https://atproto.com/specs/blob (checked 2026-11)
export const preparedLifeMs = 50 * 60_000;
const never = "9999-12-31T00:00:00.000Z";

type BlueskyPrepareCall = PrepareCall<BlueskyCredentials>;

/** What `prepare` hands on to `publish`. */
export interface Ready {
  /** In the order of the post. */
  readonly blobs: readonly BlobRef[];
  /** By handle, of the mentions that could be resolved. */
  readonly dids: Readonly<Record<string, string>>;
}

/** Signs in ahead of the moment, finds out who is mentioned, and uploads the files. */
export async function prepare(variant: Variant, call: BlueskyPrepareCall): Promise<Prepared> {
  await sessionFor(call);
  const { soFar } = call;
  if (soFar && soFar.pollAfterMs === undefined) return soFar;
  const dids = soFar ? readyOf(soFar).dids : await resolveMentions(textWithLink(variant), call);
  const [first] = variant.media;
  if (first?.kind === "video") return prepareVideo(first, dids, call);
  const blobs = await Promise.all(
    variant.media.map(async (item) => uploadBlob(call, await bytesOf(item, call))),
  );
  return prepared({ dids, blobs }, call);
}

export function readyOf(prepared: Prepared | undefined): Ready {
  const { blobs = "[]", mentions = "{}" } = prepared?.values ?? {};
  return { blobs: JSON.parse(blobs) as BlobRef[], dids: JSON.parse(mentions) as Record<string, string> };
}

async function prepareVideo(item: Media, dids: Ready["dids"], call: BlueskyPrepareCall): Promise<Prepared> {
  const step = await videoStep(item, call);
  if ("blob" in step) return prepared({ dids, blobs: [step.blob] }, call);
  const { pollAfterMs, ...values } = step;
  const ready = prepared({ dids, blobs: [] }, call);
  return { values: { ...ready.values, ...values }, expiresAt: expiry(call), pollAfterMs };
}

async function videoStep(item: Media, call: BlueskyPrepareCall): Promise<VideoStep> {
  const { job, again } = call.soFar?.values ?? {};
  return job === undefined
    ? startVideo(call, await bytesOf(item, call), again !== undefined)
    : continueVideo(call, job, again !== undefined);
}

async function resolveMentions(text: string, call: BlueskyPrepareCall): Promise<Ready["dids"]> {
  const found = await Promise.all(
    (await mentionsIn(text)).map(async (handle) => [handle, await didOf(handle, call)]),
  );
  return Object.fromEntries(found.filter(([, did]) => did !== undefined));
}

/** A name that nobody has, or whose server does not answer, is no reason not to post: it stays text. */
async function didOf(handle: string, call: BlueskyPrepareCall): Promise<string | undefined> {
  try {
    const params = { handle };
    const { did } = await ask<{ did?: unknown }>(call, "com.atproto.identity.resolveHandle", { params });
    return typeof did === "string" ? did : undefined;
  } catch (error) {
    const answered = error instanceof PublishError && error.detail.status !== undefined;
    if (answered && (error.kind === "invalid" || error.kind === "unavailable")) return undefined;
    throw error;
  }
}

async function bytesOf(item: Media, call: BlueskyPrepareCall): Promise<Blob> {
  const bytes = await call.media.open(item.id);
  return bytes.slice(0, bytes.size, item.mimeType);
}

function prepared({ dids, blobs }: Ready, call: BlueskyPrepareCall): Prepared {
  return {
    values: {
      ...(Object.keys(dids).length > 0 && { mentions: JSON.stringify(dids) }),
      ...(blobs.length > 0 && { blobs: JSON.stringify(blobs) }),
    },
    expiresAt: blobs.length > 0 ? expiry(call) : never,
  };
}

function expiry({ now }: BlueskyPrepareCall): string {
  return new Date(now().getTime() + preparedLifeMs).toISOString();
}
