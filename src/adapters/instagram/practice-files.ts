import sharp from "sharp";
import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { GraphRefusal } from "../families/practice-graph-errors.ts";
import { duration, fetched } from "../families/practice-graph-files.ts";

const maxImageBytes = 8 * 1024 * 1024;
const minAspect = 4 / 5;
const maxAspect = 1.91;
const maxVideoBytes = 300_000_000;
const minSeconds = 3;
const maxSeconds = 15 * 60;
const unusableVideo = 2207026;

/** Fetches a picture and looks at it. @returns where timelines find it @throws GraphRefusal */
export async function imageFrom(url: string, network: PracticeNetwork): Promise<string> {
  return keptImage(await fetched(url, "image_url", network), network);
}

/** A video that cannot be used is taken all the same: its container fails later. @throws GraphRefusal */
export async function videoFrom(url: string, network: PracticeNetwork): Promise<KeptVideo> {
  return keptVideo(await fetched(url, "video_url", network), network);
}

/** @returns where timelines find it @throws GraphRefusal for what is no picture that Instagram shows */
export async function keptImage(file: PracticeFile, network: PracticeNetwork): Promise<string> {
  if (file.bytes > maxImageBytes)
    throw new GraphRefusal(36000, "The image size is too large.", {
      subcode: 2207004,
      title: "Image size too large",
      says: "The image is too large to download. It should be less than 8 MiB.",
    });
  if ((await realType(file)) !== "image/jpeg") throw unsupportedImage();
  const { width, height } = await sharp(file.path)
    .metadata()
    .catch(() => {
      throw unsupportedImage(); // it only begins like a JPEG
    });
  if (width / height < minAspect || width / height > maxAspect)
    throw new GraphRefusal(36003, "The aspect ratio is not supported.", {
      subcode: 2207009,
      title: "Unsupported aspect ratio",
      says: "The submitted image does not have a supported aspect ratio.",
    });
  return await network.keep({ ...file, mimeType: "image/jpeg" });
}

function unsupportedImage(): GraphRefusal {
  return new GraphRefusal(36001, "The image format is not supported.", {
    subcode: 2207005,
    title: "Unsupported image format",
    says: "The only supported format is JPEG.",
  });
}

export interface KeptVideo {
  readonly url: string;
  /** The subcode of its container's failure. */
  readonly failure: number | null;
}

export async function keptVideo(file: PracticeFile, network: PracticeNetwork): Promise<KeptVideo> {
  const type = await realType(file);
  const isVideo = type === "video/mp4" || type === "video/quicktime";
  if (!isVideo || file.bytes > maxVideoBytes) return { url: "", failure: unusableVideo };
  const seconds = await duration(file);
  const failure = seconds < minSeconds || seconds > maxSeconds ? unusableVideo : null;
  return { url: await network.keep({ ...file, mimeType: type }), failure };
}
