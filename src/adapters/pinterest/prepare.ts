import type { Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { mediaStatus, type PinterestCredentials } from "./api.ts";
import { boardIdOf } from "./boards.ts";
import { uploadVideo } from "./upload.ts";

type Pinterest = PrepareCall<PinterestCredentials>;

/** Pinterest does not say how long it keeps a video no Pin uses. */
export const preparedLifeMs = 12 * 60 * 60_000;
const pollAfterMs = 5000;
const never = "9999-12-31T23:59:59.999Z";

/** Finds the board, and uploads a video. Pictures travel with the Pin itself. */
export async function prepare(variant: Variant, call: Pinterest): Promise<Prepared> {
  const { soFar } = call;
  if (!soFar) return begin(variant, call);
  const { mediaId } = soFar.values;
  if (soFar.pollAfterMs === undefined || mediaId === undefined) return soFar;
  return progress(variant, soFar, mediaId, call);
}

async function begin(variant: Variant, call: Pinterest): Promise<Prepared> {
  const { board } = variant.options;
  const boardId = await boardIdOf(typeof board === "string" ? board : "", call);
  const video = variant.media.find(({ kind }) => kind === "video");
  if (!video) return { values: { boardId }, expiresAt: never };
  return working({ boardId, mediaId: await uploadVideo(video, call) }, call);
}

async function progress(
  variant: Variant,
  soFar: Prepared,
  mediaId: string,
  call: Pinterest,
): Promise<Prepared> {
  const { values, expiresAt } = soFar;
  switch (await statusOrGone(mediaId, call)) {
    case "succeeded":
      return { values, expiresAt };
    case "failed":
      throw new PublishError(
        "invalid",
        "Pinterest could not process this video: export it as MP4 (H.264), 4 seconds to 15 minutes long, and attach it again",
        { code: "processing_failed" },
      );
    case "gone":
      return again(variant, values, call);
    default:
      return { values, expiresAt, pollAfterMs };
  }
}

/** Pinterest has forgotten the upload: it is sent once more, and not for ever. */
async function again(variant: Variant, values: Prepared["values"], call: Pinterest): Promise<Prepared> {
  const video = variant.media.find(({ kind }) => kind === "video");
  if (!video || values.restarted)
    throw new PublishError(
      "invalid",
      "Pinterest loses this video each time: export it again and attach it anew",
      {
        code: "processing_failed",
      },
    );
  return working({ ...values, restarted: "true", mediaId: await uploadVideo(video, call) }, call);
}

async function statusOrGone(mediaId: string, call: Pinterest): Promise<string> {
  try {
    return await mediaStatus(call, mediaId);
  } catch (error) {
    if (error instanceof PublishError && error.detail.code === "not_found") return "gone";
    throw error;
  }
}

function working(values: Prepared["values"], call: Pinterest): Prepared {
  const expiresAt = new Date(call.now().getTime() + preparedLifeMs).toISOString();
  return { values, expiresAt, pollAfterMs };
}
