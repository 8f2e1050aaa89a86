import { stat } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import type { Fit } from "../adapters/contract/fit.ts";
import { Refusal } from "../domain/refusal.ts";
import { unreadable } from "./unreadable.ts";

const maxPixels = 40_000_000;
const qualities = [90, 80, 70, 60, 45];
const white = { r: 255, g: 255, b: 255 };

/**
 * Writes the picture to `target` in another format, shape or size; as good as the byte limit allows.
 * @throws Refusal `media_unreadable`, `image_too_large`
 */
export async function fitImage(
  source: string,
  target: string,
  fit: Fit,
): Promise<{ readonly bytes: number }> {
  for (const quality of qualities) {
    await encode(shaped(source, fit), fit, quality).toFile(target).catch(unreadable("image"));
    const { size: bytes } = await stat(target);
    if (bytes <= fit.maxBytes) return { bytes };
  }
  throw new Refusal("image_too_large", "The picture cannot be made small enough for the platform.");
}

function shaped(source: string, { width, height, how, mimeType }: Fit): Sharp {
  const image = sharp(source, { limitInputPixels: maxPixels }).autoOrient();
  const fit = how === "pad" ? "contain" : how === "crop" ? "cover" : "fill";
  const sized = image.resize({ width, height, fit, background: white, withoutEnlargement: false });
  return mimeType === "image/jpeg" ? sized.flatten({ background: white }) : sized;
}

/** PNG has no quality to lower but its number of colours. */
function encode(image: Sharp, { mimeType }: Fit, quality: number): Sharp {
  if (mimeType === "image/jpeg") return image.jpeg({ quality, mozjpeg: quality < 80 });
  return quality === qualities[0] ? image.png() : image.png({ palette: true, quality });
}
