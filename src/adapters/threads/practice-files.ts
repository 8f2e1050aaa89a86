import sharp from "sharp";
import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { duration, fetched } from "../families/practice-graph-files.ts";

const maxImageBytes = 8_000_000;
export const imageTypes = ["image/jpeg", "image/png"];
const maxAspect = 10;
const maxVideoBytes = 1_000_000_000;
export const videoTypes = ["video/mp4", "video/quicktime"];
const maxSeconds = 300;

/** Fetches a picture and looks at it. @returns where timelines find it @throws GraphRefusal */
export async function imageFrom(url: string, network: PracticeNetwork): Promise<string> {
  return keptImage(await fetched(url, "image_url", network), network);
}

/** @returns where timelines find it @throws GraphRefusal for what is no picture that Threads shows */
export async function keptImage(file: PracticeFile, network: PracticeNetwork): Promise<string> {
  if (file.bytes > maxImageBytes)
    throw new GraphRefusal(36000, "The image size is too large.", {
      subcode: 2207004,
      title: "Image size too large",
    });
  const type = (await realType(file)) ?? "";
  if (!imageTypes.includes(type)) throw unsupportedImage();
  const { width, height } = await sharp(file.path)
    .metadata()
    .catch(() => {
      throw unsupportedImage(); // it only begins like a picture
    });
  if (Math.max(width / height, height / width) > maxAspect)
    throw new GraphRefusal(36003, "The aspect ratio is not supported.", {
      subcode: 2207009,
      title: "Unsupported aspect ratio",
    });
  return await network.keep({ ...file, mimeType: type });
}

function unsupportedImage(): GraphRefusal {
  return new GraphRefusal(36001, "The image format is not supported.", {
    subcode: 2207005,
    title: "Unsupported image format",
  });
}

/** A video that cannot be used is taken all the same: its container fails later. @throws GraphRefusal */
export async function videoFrom(url: string, network: PracticeNetwork): Promise<KeptVideo> {
  return keptVideo(await fetched(url, "video_url", network), network);
}

export interface KeptVideo {
  readonly url: string;
  /** What its container fails with. */
  readonly failure: string | null;
}

export async function keptVideo(file: PracticeFile, network: PracticeNetwork): Promise<KeptVideo> {
  const type = (await realType(file)) ?? "";
  if (!videoTypes.includes(type) || file.bytes > maxVideoBytes)
    return { url: "", failure: "FAILED_PROCESSING_VIDEO" };
  const seconds = await duration(file);
  const failure = seconds > maxSeconds ? "INVALID_DURATION" : null;
  return { url: await network.keep({ ...file, mimeType: type }), failure };
}
