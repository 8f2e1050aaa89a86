import type { Adapter } from "../../adapters/contract/adapter.ts";
import { lengthOf } from "../../adapters/contract/validate.ts";
import { shorten } from "../../domain/link/shorten.ts";
import type { Media, Variant } from "../../domain/post.ts";
import { fillOptions, type Original } from "./fill-options.ts";
import { fitFiles } from "./fit-files.ts";

/** Something that one account gets otherwise than it was, or does not get. */
export interface Note {
  readonly accountId: string;
  readonly code: string;
  readonly message: string;
}

/** What is to be shown on a platform. */
export type Wanted = Pick<Variant, "text" | "link" | "media" | "options">;

/** @property tail how the text ends with what is not to be shortened */
type Composed = Wanted & { readonly tail?: string | undefined };

export interface Adapted extends Wanted {
  readonly notes: readonly Omit<Note, "accountId">[];
}

/**
 * Makes something from another platform fit this one. Nothing is cut silently: what is shortened or lacks a file links
 * to the original, and says so. Pure.
 */
export function adapt(adapter: Adapter<never>, wanted: Composed, original: Original): Adapted {
  const { files, notes } = fitFiles(adapter, wanted.media);
  const options = fillOptions(adapter, wanted, original);
  const whole = { text: wanted.text, link: wanted.link, media: files, options };
  const { max } = adapter.capabilities.text;
  const isLong = lengthOf(adapter, whole) > max;
  if (!isLong && notes.length === 0) return { ...whole, notes };
  const { tail = "" } = wanted;
  const kept = isLong ? tail : whole.text;
  const link = whole.link ?? (kept.includes(original.url) ? null : original.url);
  const text = shortenAbove(tail, whole.text, (shorter) => lengthOf(adapter, { text: shorter, link }) <= max);
  const shortened = {
    code: "text_shortened",
    message: `The text is too long for ${adapter.displayName}: it was shortened, with a link to the original`,
  };
  return { ...whole, text, link, notes: text === whole.text ? notes : [...notes, shortened] };
}

/** Where the tail leaves no room for any words it is shortened like they are. */
function shortenAbove(tail: string, text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const words = shorten(text.slice(0, text.length - tail.length), (shorter) => fits(`${shorter}${tail}`));
  return words === "" ? shorten(text, fits) : `${words}${tail}`;
}

/** What a platform would show of files that nobody has fetched yet: as the web's files mostly are. */
export function unseenFile(id: string, { kind, altText }: Pick<Media, "kind" | "altText">): Media {
  const isVideo = kind === "video";
  return {
    id,
    kind,
    altText,
    mimeType: isVideo ? "video/mp4" : "image/jpeg",
    bytes: 100_000,
    width: 1080,
    height: 1080,
    durationMs: isVideo ? 15_000 : null,
  };
}
