import sharp, { type Metadata, type Sharp } from "sharp";
import { Refusal } from "../domain/refusal.ts";
import { cleanGif } from "./clean-gif.ts";
import { lookOf } from "./look-of.ts";
import type { CleanFacts } from "./media-editor.ts";
import type { MediaType } from "./media-type.ts";
import { unreadable } from "./unreadable.ts";

const maxPixels = 40_000_000;
const maxFrames = 1000;

sharp.cache(false);

/**
 * Writes the image anew to `target`, upright and without anything that was hidden in it: position, camera, comments,
 * earlier versions, other formats' content.
 * @throws Refusal `image_too_large`, `media_unreadable`
 */
export async function cleanImage(source: string, target: string, type: MediaType): Promise<CleanFacts> {
  const read = await sharp(source, { limitInputPixels: false, animated: true })
    .metadata()
    .catch(unreadable("image"));
  const frames = read.pages ?? 1;
  const height = read.pageHeight ?? read.height;
  refuseHuge(read.width, height, frames, type);
  const durationMs = frames > 1 ? (read.delay ?? []).reduce((sum, ms) => sum + ms, 0) : null;
  if (type.mimeType === "image/gif") {
    await cleanGif(source, target).catch(unreadable("image"));
    return { width: read.width, height, durationMs, look: await lookOf(target).catch(unreadable("image")) };
  }
  const image = sharp(source, { limitInputPixels: maxPixels, animated: frames > 1 });
  const upright = frames > 1 ? image : image.autoOrient();
  const written = await encode(upright, read, type).toFile(target).catch(unreadable("image"));
  const look = await lookOf(target).catch(unreadable("image"));
  return { width: written.width, height: frames > 1 ? height : written.height, durationMs, look };
}

/** From the header alone: nothing was unpacked yet. The frames of a GIF never are, those of a WebP all at once. */
function refuseHuge(width: number, height: number, frames: number, { mimeType }: MediaType): void {
  const pixels = width * height * (mimeType === "image/gif" ? 1 : frames);
  if (pixels > maxPixels)
    throw new Refusal("image_too_large", `The image has ${pixels} pixels; at most ${maxPixels} are taken.`, {
      facts: { width, height, frames, maxPixels },
    });
  if (frames > maxFrames)
    throw new Refusal(
      "image_too_large",
      `The animation has ${frames} frames; at most ${maxFrames} are taken.`,
      {
        facts: { width, height, frames, maxFrames },
      },
    );
}

function encode(image: Sharp, read: Metadata, { mimeType }: MediaType): Sharp {
  if (mimeType === "image/png") return image.png(read.isPalette ? { palette: true, dither: 0 } : {});
  if (mimeType === "image/webp") return image.webp({ quality: 92 });
  const chromaSubsampling = read.chromaSubsampling?.startsWith("4:4:4") ? "4:4:4" : "4:2:0";
  return image.jpeg({ quality: 92, chromaSubsampling, progressive: read.isProgressive });
}
