import { z } from "zod";

/** Pieces that the schemas of all resources share. */

export const instant = z.iso
  .datetime()
  .meta({ description: "ISO 8601, UTC", example: "2026-12-01T05:00:00.000Z" });

/** An id as we give them: prefix and 26 characters. */
export function id(
  prefix: "post" | "dlv" | "acc" | "med" | "con" | "upl" | "lnk" | "per" | "itm",
  message = `must be an id like ${prefix}_…`,
): z.ZodString {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-z]{26}$`), message)
    .meta({ example: `${prefix}_06fy4v3m2k8q5t7w9x1z0a2b4c` });
}

/** A moment in a query: ISO 8601 with an offset, or a day, which begins at midnight UTC. */
export function moment(description: string) {
  return z
    .union([z.iso.datetime({ offset: true }), z.iso.date()], {
      error: "must be an ISO 8601 time with an offset, or a day",
    })
    .transform((text) => new Date(text))
    .optional()
    .meta({ description });
}

/** `?limit` and `?cursor`, for every list. */
export const page = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: "How many at most" }),
  cursor: z.string().min(1).max(500).optional().meta({ description: "`nextCursor` of the answer before" }),
};

/** A list's answer. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    data: z.array(item),
    nextCursor: z.string().nullable().meta({ description: "Null: there is no more" }),
  });
}

/** A web address that people may be sent to. */
export const webAddress = z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).max(2000);

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: "Stable; docs/errors.md explains each" }),
    issues: z
      .array(z.object({ pointer: z.string(), code: z.string(), message: z.string() }).loose())
      .optional(),
    choices: z
      .object({ earlier: instant, later: instant })
      .optional()
      .meta({ description: "For a local time that clock changes skip or repeat" }),
    requestId: z.string().optional(),
  })
  .loose()
  .meta({
    id: "Problem",
    description: "RFC 9457",
    example: {
      type: "/docs/errors#validation_failed",
      title: "A platform cannot take this post",
      status: 422,
      detail: "X: the text is 300 of at most 280 characters, 20 too many. Nothing was stored.",
      code: "validation_failed",
      issues: [{ pointer: "/text", code: "text_too_long", message: "20 characters too many", platform: "x" }],
      requestId: "req_06fy4v3m2k8q5t7w9x1z0a2b4c",
    },
  });
