import type { Media, Variant } from "../../domain/post.ts";
import type { Adapter } from "./adapter.ts";
import type { MediaLimit } from "./capabilities.ts";

/** What has to be done to a picture so that a platform takes it. Sizes in pixels. */
export interface Fit {
  readonly mimeType: "image/jpeg" | "image/png";
  readonly width: number;
  readonly height: number;
  /** `scale`: the shape stays; `pad`: bars at two sides; `crop`: two sides are cut off. */
  readonly how: "scale" | "pad" | "crop";
  readonly maxBytes: number;
}

/**
 * How a picture is made to fit, if it does not and can be. Pure: the worker makes what was promised when the post was
 * written. Videos and animations are left as they are, and refused where they do not fit.
 * @param wish for a shape that the platform does not take; padding loses nothing, so it is what happens unasked
 */
export function fitOf(limit: MediaLimit | undefined, media: Media, wish: "pad" | "crop"): Fit | undefined {
  if (!limit || media.kind !== "image" || media.durationMs !== null) return undefined;
  const mimeType = typeFor(limit, media);
  if (!mimeType) return undefined;
  const shape = shapeFor(limit, media, wish);
  const size = sizeFor(limit, shape);
  const isFitting =
    limit.mimeTypes.includes(media.mimeType) &&
    media.bytes <= limit.maxBytes &&
    size.width === media.width &&
    size.height === media.height;
  if (isFitting || size.width < (limit.minWidth ?? 0)) return undefined;
  return { mimeType, ...size, how: shape.how, maxBytes: limit.maxBytes };
}

/** The variant as the platform is to get it: pictures that must be fitted with the facts they will have. */
export function fitted(adapter: Adapter<never>, variant: Variant): Variant {
  const { types } = adapter.capabilities.media;
  if (variant.media.length === 0) return variant;
  const media = variant.media.map((item) => {
    const fit = fitOf(types[item.kind], item, wishOf(variant));
    return fit ? { ...item, ...factsOf(fit, item) } : item;
  });
  return { ...variant, media };
}

export function wishOf({ options }: Variant): "pad" | "crop" {
  return options.fit === "crop" ? "crop" : "pad";
}

function factsOf({ mimeType, width, height, maxBytes }: Fit, { bytes }: Media) {
  return { mimeType, width, height, bytes: Math.min(bytes, maxBytes) };
}

/** JPEG for what has no other way; PNG where the platform takes only that, and for a PNG that it takes. */
function typeFor({ mimeTypes }: MediaLimit, { mimeType }: Media): Fit["mimeType"] | undefined {
  if (mimeType === "image/png" && mimeTypes.includes("image/png")) return "image/png";
  if (mimeTypes.includes("image/jpeg")) return "image/jpeg";
  return mimeTypes.includes("image/png") ? "image/png" : undefined;
}

function shapeFor(
  { minAspect = 0, maxAspect = Number.POSITIVE_INFINITY }: MediaLimit,
  { width, height }: Media,
  wish: "pad" | "crop",
): Pick<Fit, "width" | "height" | "how"> {
  const aspect = width / height;
  if (aspect < minAspect) {
    return wish === "pad"
      ? { how: "pad", width: Math.ceil(height * minAspect), height }
      : { how: "crop", width, height: Math.floor(width / minAspect) };
  }
  if (aspect > maxAspect) {
    return wish === "pad"
      ? { how: "pad", width, height: Math.ceil(width / maxAspect) }
      : { how: "crop", width: Math.floor(height * maxAspect), height };
  }
  return { how: "scale", width, height };
}

/** Made smaller in its shape, a side rounded so that the shape stays within its limits. */
function sizeFor(
  { maxWidth = Number.POSITIVE_INFINITY, maxPixels = Number.POSITIVE_INFINITY, minAspect = 0 }: MediaLimit,
  { width, height }: Pick<Fit, "width" | "height">,
): Pick<Fit, "width" | "height"> {
  const factor = Math.min(1, maxWidth / width, Math.sqrt(maxPixels / (width * height)));
  if (factor === 1) return { width, height };
  const smaller = Math.max(1, Math.floor(width * factor));
  const exact = (height * smaller) / width;
  const lower = Math.max(1, Math.floor(exact));
  return {
    width: smaller,
    height: smaller / Math.max(1, Math.round(exact)) >= minAspect ? Math.max(1, Math.round(exact)) : lower,
  };
}
