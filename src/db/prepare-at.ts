import { defaultTimings } from "../domain/timings.ts";

/**
 * SQL for when delivery `d`, of which only its row is at hand, is begun to be prepared: its files stand in its variant.
 * The same as `prepareAheadFor`, but for the few files that travel with the post: they only make it a little earlier.
 * @param longest SQL for how early that may be at most, in milliseconds; null: nothing is made before the moment
 */
export function prepareAt(longest: string): string {
  const { prepareAheadMs, slowestBytesPerSecond } = defaultTimings;
  return `case when ${longest} is not null then greatest(clock_timestamp(), d.due_at - interval '1 ms' * least(${longest},
    ${prepareAheadMs} + ${2000 / slowestBytesPerSecond} * (select coalesce(sum((file->>'bytes')::float8), 0)
      from variants v, jsonb_array_elements(v.content->'media') file where v.id = d.variant_id))) end`;
}
