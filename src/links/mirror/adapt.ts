import type { Adapter } from "../../adapters/contract/adapter.ts";
import { validate } from "../../adapters/contract/validate.ts";
import { shorten } from "../../domain/link/shorten.ts";
import type { Issue, Media, Variant } from "../../domain/post.ts";
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
  const { files, notes: lost } = fitFiles(adapter, wanted.media);
  const options = fillOptions(adapter, wanted, original);
  const whole = { text: wanted.text, link: wanted.link, media: files, options };
  const issues = issuesOf(adapter, whole);
  const silent = issues.filter(({ code }) => code === "alt_text_left_out").slice(0, 1);
  const notes = [...lost, ...silent.map(({ code, message }) => ({ code, message }))];
  const isLong = issues.some(isLength);
  if (!isLong && lost.length === 0) return { ...whole, notes };
  const { tail = "" } = wanted;
  const kept = isLong ? tail : whole.text;
  const shortenTo = (link: string | null) =>
    shortenAbove(tail, whole.text, (text) => !isTooLong(adapter, { ...whole, text, link }));
  const pointing = whole.link ?? (kept.includes(original.url) ? null : original.url);
  const first = shortenTo(pointing);
  const link = pointing ?? (first.includes(original.url) ? null : original.url);
  const text = link === pointing ? first : shortenTo(link);
  const below = text.endsWith(tail) ? "" : ", and what the link puts below it found no room";
  const shortened = {
    code: "text_shortened",
    message: `The text is too long for ${adapter.displayName}: it was shortened, with a link to the original${below}`,
  };
  return { ...whole, text, link, notes: text === whole.text ? notes : [...notes, shortened] };
}

/** As the platform counts, which may depend on the link and on what is beside it. */
function isTooLong(adapter: Adapter<never>, variant: Wanted): boolean {
  return issuesOf(adapter, variant).some(isLength);
}

function isLength({ code, severity }: Issue): boolean {
  return code === "text_too_long" && severity === "error";
}

function issuesOf(adapter: Adapter<never>, variant: Wanted): Issue[] {
  return validate(adapter, { role: "post", ...variant });
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
