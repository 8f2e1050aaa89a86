import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { instant, problem } from "./common.ts";
import { deliverySummary } from "./deliveries.ts";
import { content, postStates, variant } from "./posts.ts";

const postIssue = z
  .object({
    pointer: z.string().meta({ description: "JSON pointer into the request" }),
    code: z.string(),
    message: z.string(),
    accountId: z.string().optional(),
    platform: z.string().optional(),
  })
  .meta({ id: "Issue" });

export const post = z
  .object({
    id: z.string(),
    state: z.enum(postStates).meta({ description: "Derived from its deliveries" }),
    revision: z.int().meta({ description: "In `ETag` too; send it as `If-Match` with a change" }),
    ...content,
    accounts: z.array(z.string()),
    variants: z.record(z.string(), variant),
    dueAt: instant.nullable(),
    local: z.string().nullable(),
    zone: z.string().nullable(),
    choose: z.enum(["earlier", "later"]).nullable(),
    createdAt: instant,
    updatedAt: instant,
    canceledAt: instant.nullable(),
    deliveries: z.array(deliverySummary),
  })
  .meta({ id: "Post" });

export const storedPost = post
  .extend({
    warnings: z.array(postIssue).meta({ description: "Never in the way, but worth knowing" }),
    skipped: z.array(postIssue).meta({ description: "What `onIssue: skip` left out, and why" }),
  })
  .meta({ id: "StoredPost" });

export const validation = z
  .object({
    ok: z.boolean(),
    warnings: z
      .array(postIssue)
      .meta({ description: "About no target: what a link does not share, and why" }),
    targets: z.array(
      z.object({
        accountId: z.string(),
        platform: z.enum(platforms),
        ok: z.boolean(),
        length: z.int().meta({ description: "As the platform counts" }),
        maxLength: z.int(),
        issues: z.array(postIssue),
        warnings: z.array(postIssue),
        preview: z.object({
          text: z.string(),
          link: z.string().nullable(),
          media: z.array(z.object({ id: z.string(), altText: z.string() })),
          thread: z.array(z.string()),
          firstComment: z.string().nullable(),
        }),
      }),
    ),
  })
  .meta({ id: "Validation" });

export const deletion = z
  .object({
    id: z.string(),
    gone: z.boolean().meta({ description: "False: some of it is still public, see `deliveries`" }),
    deliveries: z.array(
      z.object({
        id: z.string(),
        accountId: z.string(),
        platform: z.enum(platforms),
        externalUrl: z.string().nullable(),
        deleted: z.boolean(),
        reason: z.string().nullable().meta({ description: "Why it could not be taken down" }),
      }),
    ),
  })
  .meta({ id: "Deletion" });

export const bulkAnswer = z
  .object({
    data: z.array(
      z.object({
        index: z.int(),
        status: z.int(),
        id: z.string().optional(),
        warnings: z.array(postIssue).optional(),
        skipped: z.array(postIssue).optional(),
        problem: problem.optional(),
      }),
    ),
    created: z.int(),
    refused: z.int(),
  })
  .meta({ id: "BulkAnswer" });
