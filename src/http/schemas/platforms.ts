import { z } from "zod";
import { platforms } from "../../domain/platform.ts";

const mediaLimit = z.object({
  mimeTypes: z.array(z.string()),
  maxBytes: z.int(),
  sentWithPost: z
    .enum(["as_is", "base64"])
    .optional()
    .meta({ description: "Travels in the publishing request itself, which then takes as long as its files" }),
  max: z.int().optional(),
  beside: z
    .enum(["image", "video"])
    .optional()
    .meta({ description: "Taken only beside a file of this kind: a video's cover" }),
  minDurationMs: z.int().optional(),
  maxDurationMs: z.int().optional(),
  minAspect: z.number().optional().meta({ description: "Width divided by height" }),
  maxAspect: z.number().optional(),
  minWidth: z.int().optional(),
  audioCodecs: z.array(z.string()).optional(),
  maxPixels: z.int().optional(),
  maxWidth: z.int().optional(),
  videoCodecs: z.array(z.string()).optional(),
});

const capabilities = z
  .object({
    text: z.object({ max: z.int(), required: z.boolean() }),
    link: z.enum(["field", "in_text"]),
    media: z.object({
      required: z.boolean(),
      max: z.int(),
      mixed: z.boolean(),
      altTextMax: z.int(),
      altTextPerPost: z
        .literal(true)
        .optional()
        .meta({ description: "One alt text for all files of a post: theirs are joined" }),
      types: z.object({ image: mediaLimit.optional(), video: mediaLimit.optional() }),
    }),
    thread: z.object({ maxParts: z.int() }).nullable(),
    firstComment: z.object({ max: z.int() }).nullable(),
    options: z.array(
      z.object({
        name: z.string(),
        type: z.enum(["string", "boolean", "strings"]),
        required: z.boolean(),
        values: z.array(z.string()).optional(),
        maxLength: z.int().optional(),
        choices: z.literal(true).optional().meta({ description: "The values live at the platform" }),
      }),
    ),
    recovery: z
      .object({ by: z.enum(["client_id", "idempotency_key", "handle", "search", "human"]) })
      .loose()
      .meta({ description: "How we learn what became of a post whose answer was lost" }),
    settleMs: z.int(),
    delete: z.boolean(),
    edit: z
      .boolean()
      .meta({ description: "Whether the words of what is public can be changed, its files staying" }),
    metrics: z.array(z.string()),
  })
  .meta({ id: "Capabilities" });

export const platformView = z
  .object({
    platform: z.enum(platforms),
    name: z.string(),
    mostEffectiveFor: z.string(),
    configured: z.boolean().meta({ description: "Whether this workspace has a live account there" }),
    credentials: z
      .array(z.object({ name: z.string(), label: z.string(), secret: z.boolean(), required: z.boolean() }))
      .meta({ description: "What to send to link an account by its own token" }),
    needsBaseUrl: z.boolean(),
    scopes: z.array(z.string()).meta({ description: "What such a token must be allowed to do" }),
    capabilities,
    budgets: z.array(
      z.object({
        scope: z.enum(["account", "app"]),
        max: z.int(),
        windowMs: z.int(),
        dayIn: z.string().optional().meta({
          description: "Counted per calendar day in this zone, instead of over the window that ends now",
        }),
        source: z.string(),
      }),
    ),
    policy: z
      .object({
        identicalContent: z.enum(["allowed", "discouraged", "forbidden"]),
        note: z.string(),
        source: z.string(),
      })
      .meta({ description: "What the platform says about many people posting one message" }),
  })
  .meta({ id: "Platform" });
