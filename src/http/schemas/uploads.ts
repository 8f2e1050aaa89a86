import { z } from "zod";
import { instant, problem } from "./common.ts";

export const upload = z
  .object({
    id: z.string(),
    state: z.enum(["receiving", "checking", "stored", "refused"]).meta({
      description:
        "`receiving`: send more, from `offset`; `checking`: all is here; `stored`: it is the file `mediaId`; `refused`: see `problem`",
    }),
    offset: z.int().meta({ description: "How many bytes are here" }),
    bytes: z.int().meta({ description: "How many it will have" }),
    altText: z.string(),
    mediaId: z.string().nullable(),
    problem: problem.nullable(),
    createdAt: instant,
    expiresAt: instant.meta({ description: "Then it is forgotten, with what came of it so far" }),
  })
  .meta({ id: "Upload" });

const resumable = { "Tus-Resumable": z.literal("1.0.0") };

export const beginHeaders = z.object({
  ...resumable,
  "Upload-Length": z.int().meta({ description: "Bytes of the whole file", example: "734003200" }),
  "Upload-Metadata": z.string().optional().meta({
    description: "`altText` and its value in base64; other names are not kept",
    example: "altText QSB3ZWxs",
  }),
});

export const partHeaders = z.object({
  ...resumable,
  "Upload-Offset": z.int().meta({ description: "Where this part begins: as many bytes as are here" }),
});

/** As it is documented; bytes are read as they stream in. */
export const part = z.string().meta({ format: "binary" });
