import { z } from "zod";
import { Refusal } from "../../domain/refusal.ts";
import { alongLinks, type LinkedInput } from "../../links/along-links.ts";
import { type BulkResult, bulkSchedule } from "../../publishing/bulk-schedule.ts";
import { requireScope } from "../auth.ts";
import { refuseOddJson } from "../odd-json.ts";
import { problemOf } from "../problem.ts";
import { megabyte, readJson } from "../read-json.ts";
import { readNdjson } from "../read-ndjson.ts";
import { type Ask, type Route, route, type Scope } from "../route.ts";
import { bulkAnswer } from "../schemas/post-answers.ts";
import { newPost } from "../schemas/posts.ts";
import { toPostInput } from "../to-post-input.ts";
import { zodRefusal } from "../zod-refusal.ts";

const maxItems = 1000;
const maxBytes = 10 * megabyte;
const ndjsonTypes = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

const query = z.strictObject({
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "`true`: check only, store nothing" }),
});

export const bulkRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/posts/bulk",
    scope: "write",
    tag: "Posts",
    summary: `Up to ${maxItems} posts at once`,
    description:
      "A JSON array, or one JSON object per line (NDJSON); at most 10 MB. Every item gets an answer of its own, in the same order: what is refused does not stop the others.",
    query,
    body: z.array(newPost).max(maxItems),
    bodyTypes: { "application/json": z.array(newPost).max(maxItems), "application/x-ndjson": newPost },
    reads: "own",
    answers: { 200: { description: "One entry per item", schema: bulkAnswer } },
    async handle(ask) {
      const { values, fingerprint } = await readItems(ask);
      const items = values.map((value) => toItem(value, ask.scopes));
      return ask.once(fingerprint, async (world) => {
        const dryRun = ask.query.dryRun === "true";
        const shared = await alongLinks(world, ask.workspaceId, items);
        const results = await bulkSchedule(world, ask.workspaceId, shared, dryRun);
        return { status: 200, body: answerOf(results, dryRun) };
      });
    },
  }),
];

type Value = Refusal | { readonly value: unknown };

async function readItems({
  request,
  response,
}: Pick<Ask<unknown, unknown, unknown>, "request" | "response">): Promise<{
  values: readonly Value[];
  fingerprint: Buffer;
}> {
  if (request.is(ndjsonTypes)) {
    const { items, fingerprint } = await readNdjson(request, maxItems, maxBytes);
    return { values: items, fingerprint };
  }
  const { value, fingerprint } = await readJson(request, response, maxBytes);
  if (!Array.isArray(value)) throw new Refusal("invalid_request", "Send an array of posts, or NDJSON.");
  if (value.length > maxItems)
    throw new Refusal("too_large", `Send at most ${maxItems} posts in one request.`);
  return { values: value.map((item: unknown) => ({ value: item })), fingerprint };
}

function toItem(item: Value, scopes: readonly Scope[]): LinkedInput | Refusal {
  if (item instanceof Refusal) return item;
  try {
    refuseOddJson(item.value);
    const parsed = newPost.safeParse(item.value, { reportInput: true });
    if (!parsed.success) return zodRefusal(parsed.error);
    if (parsed.data.dueAt !== null) requireScope(scopes, "publish");
    return toPostInput(parsed.data);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function answerOf(results: readonly BulkResult[], dryRun: boolean): z.output<typeof bulkAnswer> {
  const refused = results.filter((result) => "refusal" in result).length;
  return {
    data: results.map((result, index) => toEntry(result, index, dryRun)) as z.output<
      typeof bulkAnswer
    >["data"],
    created: dryRun ? 0 : results.length - refused,
    refused,
  };
}

function toEntry(result: BulkResult, index: number, dryRun: boolean): object {
  if ("refusal" in result) {
    const problem = problemOf(result.refusal);
    return { index, status: problem.status, problem };
  }
  const { post, warnings, skipped } = result.plan;
  return {
    index,
    status: dryRun ? 200 : 201,
    ...(!dryRun && { id: post.id }),
    ...(warnings.length > 0 && { warnings }),
    ...(skipped.length > 0 && { skipped }),
  };
}
