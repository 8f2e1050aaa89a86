import { z } from "zod";
import { instant, page } from "./common.ts";

/** What people who cannot see it get to hear. Platforms have smaller limits of their own. */
export const altText = z
  .string()
  .max(5000)
  .meta({ description: "What it shows, for people who cannot see it" });

export const media = z
  .object({
    id: z.string(),
    kind: z.enum(["image", "video"]),
    mimeType: z.string(),
    bytes: z.int(),
    width: z.int(),
    height: z.int(),
    durationMs: z.int().nullable().meta({ description: "Null for a still image" }),
    altText: z.string(),
    url: z.string().meta({ description: "Where it can be looked at for some hours, on this server" }),
    createdAt: instant,
  })
  .meta({ id: "Media" });

export const mediaImport = z
  .strictObject({
    url: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(2000),
    altText: altText.default(""),
  })
  .meta({ id: "MediaImport" });

/** As it is documented; a form is read as it streams in. */
export const mediaUpload = z
  .object({ file: z.string().meta({ format: "binary" }), altText: altText.optional() })
  .meta({ id: "MediaUpload" });

export const mediaPatch = z.strictObject({ altText }).meta({ id: "MediaPatch" });

export const mediaQuery = z.strictObject(page);

/** Whatever is wrong with a signed address, it leads nowhere: no schema may say more. */
export const signature = z.object({ exp: z.string().catch(""), sig: z.string().catch("") });
