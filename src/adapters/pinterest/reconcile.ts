import { isUrl } from "../../domain/is-url.ts";
import type { Variant } from "../../domain/post.ts";
import type { Absent, Published, Question, Unknown } from "../contract/adapter.ts";
import { boardPins, type Pin, type PinterestCall } from "./api.ts";
import { madeAt } from "./pins.ts";
import { published } from "./publish.ts";
import { linkOf } from "./rules.ts";
import { comparable } from "./text.ts";

/** Pinterest's clock and ours may differ. */
const skewMs = 60_000;
const pageSize = 250; // the most Pinterest gives
const maxPages = 10;

/**
 * Looks for the Pin among those that came to its board since it was sent. The same words with another link or other
 * files may be ours in a shape we do not know: then nothing is claimed.
 */
export async function reconcile(
  question: Question,
  call: PinterestCall,
): Promise<Published | Absent | Unknown> {
  const boardId = question.prepared?.values.boardId;
  if (!boardId) return { state: "unknown" };
  const pins = await pinsSince(new Date(question.sentAt.getTime() - skewMs), boardId, call);
  if (!pins) return { state: "unknown" };
  const alike = pins.filter((pin) => hasWordsOf(question.variant, pin));
  if (alike.length === 0) return { state: "absent" };
  const [match, another] = alike.filter((pin) => hasRestOf(question.variant, pin));
  return match && !another ? published(match.id, call) : { state: "unknown" };
}

/** @returns undefined where the board holds more than we read */
async function pinsSince(since: Date, boardId: string, call: PinterestCall): Promise<Pin[] | undefined> {
  const query = new URLSearchParams({ page_size: String(pageSize) });
  const pins: Pin[] = [];
  for (let page = 0; page < maxPages; page++) {
    const { items, bookmark } = await boardPins(call, boardId, query);
    pins.push(...items);
    if (bookmark === undefined || endsBefore(since, pins))
      return pins.filter((pin) => !(madeAt(pin) < since)); // one without a date might be ours
    query.set("bookmark", bookmark);
  }
  return undefined;
}

/** Newest first, and past the moment. A board may be put in order by hand: then it is read to its end. */
function endsBefore(since: Date, pins: readonly Pin[]): boolean {
  const times = pins.map((pin) => madeAt(pin).getTime());
  const isNewestFirst = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? Number.NaN));
  return isNewestFirst && (times.at(-1) ?? Number.NaN) < since.getTime();
}

function hasWordsOf({ text, options }: Variant, pin: Pin): boolean {
  const title = typeof options.title === "string" ? options.title : "";
  return comparable(pin.description) === comparable(text) && comparable(pin.title) === comparable(title);
}

function hasRestOf(variant: Variant, pin: Pin): boolean {
  return (
    addressOf(pin.link || null) === addressOf(linkOf(variant)) &&
    (pin.media?.media_type ?? mediaTypeOf(variant)) === mediaTypeOf(variant)
  );
}

function mediaTypeOf({ media }: Variant): string {
  if (media.length > 1) return "multiple_images";
  return media[0]?.kind === "video" ? "video" : "image";
}

/** However it is written. */
function addressOf(link: string | null): string | null {
  return link !== null && isUrl(link) ? new URL(link).href : link;
}
