import type { MetricName } from "../contract/capabilities.ts";
import { PublishError } from "../contract/publish-error.ts";
import { request, type WordPressCall } from "./api.ts";
import { commentIdOf } from "./outcome.ts";

/**
 * How many comments stand below it, as WordPress counts them in a header.
 * https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/ (checked 2026-11)
 */
export async function metrics(
  externalId: string,
  call: WordPressCall,
): Promise<Partial<Record<MetricName, number>>> {
  const commentId = commentIdOf(externalId);
  const query = new URLSearchParams({
    ...(commentId === undefined ? { post: externalId } : { parent: commentId }),
    per_page: "1",
    _fields: "id",
  });
  const { headers, status } = await request(call, `/comments?${query}`);
  const replies = Number(headers.get("x-wp-total") ?? Number.NaN);
  if (!Number.isInteger(replies))
    throw new PublishError("unavailable", "WordPress did not say how many comments there are", {
      status,
      code: "unreadable_answer",
    });
  return { replies };
}
