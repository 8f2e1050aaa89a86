import type { Adapter } from "../../adapters/contract/adapter.ts";
import { lengthOf, validate } from "../../adapters/contract/validate.ts";
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

export interface Adapted extends Wanted {
  readonly notes: readonly Omit<Note, "accountId">[];
}

/**
 * Makes something from another platform fit this one. Nothing is cut silently: what is shortened or lacks a file links
 * to the original, and says so. Pure.
 */
export function adapt(adapter: Adapter<never>, wanted: Wanted, original: Original): Adapted {
  const { files, notes } = fitFiles(adapter, wanted.media);
  const options = fillOptions(adapter, wanted, original);
  const complete = { text: wanted.text, link: wanted.link, media: files, options };
  const fits = { ...complete, ...withLinkInText(adapter, complete) };
  const { max } = adapter.capabilities.text;
  const isLong = lengthOf(adapter, fits) > max;
  if (!isLong && notes.length === 0) return { ...fits, notes };
  const pointing = pointTo(adapter, fits, original.url);
  const length = (text: string) => lengthOf(adapter, { ...pointing, text: pointing.below(text) });
  const text = shorten(fits.text, (shorter) => length(shorter) <= max);
  const shortened = {
    code: "text_shortened",
    message: `The text is too long for ${adapter.displayName}: it was shortened, with a link to the original`,
  };
  return {
    ...fits,
    text: pointing.below(text),
    link: pointing.link,
    notes: text === fits.text ? notes : [...notes, shortened],
  };
}

/** Some platforms take no link of its own beside a picture: then it stands below the text. */
function withLinkInText(adapter: Adapter<never>, variant: Wanted): Pick<Wanted, "text" | "link"> {
  const { text, link } = variant;
  const issues = validate(adapter, { role: "post", ...variant });
  const isRefused = issues.some(({ severity, field }) => severity === "error" && field === "link");
  return isRefused && link !== null ? { text: below(text, link), link: null } : { text, link };
}

/** A link to the original, where there is none yet: beside the text if the platform takes that, else below it. */
function pointTo(adapter: Adapter<never>, variant: Wanted, url: string) {
  const { text, link } = variant;
  if (link !== null || text.includes(url)) return { link, below: (words: string) => words };
  const beside = withLinkInText(adapter, { ...variant, link: url });
  if (beside.link !== null) return { link: url, below: (words: string) => words };
  return { link: null, below: (words: string) => below(words, url) };
}

function below(text: string, link: string): string {
  return text === "" ? link : `${text}\n\n${link}`;
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
