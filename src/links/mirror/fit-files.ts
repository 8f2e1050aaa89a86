import type { Adapter } from "../../adapters/contract/adapter.ts";
import { validate } from "../../adapters/contract/validate.ts";
import { shorten } from "../../domain/link/shorten.ts";
import type { Media } from "../../domain/post.ts";

/** A file that a platform does not get, or whose words it gets shorter. */
export interface FileNote {
  readonly code: string;
  readonly message: string;
}

/** Those of the files that the platform takes together, in their order. Pure. */
export function fitFiles(
  adapter: Adapter<never>,
  media: readonly Media[],
): { readonly files: readonly Media[]; readonly notes: readonly FileNote[] } {
  const notes: FileNote[] = [];
  let files = media.flatMap((file) => {
    const described = withShortAltText(adapter, file);
    const [problem] = issuesOf(adapter, [described]).filter(({ field }) => field === "media/0");
    if (described !== file)
      notes.push(note("alt_text_shortened", `${adapter.displayName} takes shorter alt texts`));
    if (problem) notes.push(note("file_left_out", problem.message));
    return problem ? [] : [described];
  });
  const codes = () => issuesOf(adapter, files).map(({ code }) => code);
  if (codes().includes("media_mixed")) {
    const [first] = files;
    const left = files.filter(({ kind }) => kind !== first?.kind).length;
    files = files.filter(({ kind }) => kind === first?.kind);
    notes.push(
      note("file_left_out", `${adapter.displayName} mixes no pictures and videos: ${left} left out`),
    );
  }
  while (files.length > 1 && codes().includes("too_many_media")) {
    files = files.slice(0, -1);
    notes.push(
      note("file_left_out", `${adapter.displayName} takes ${files.length} files of this kind at most`),
    );
  }
  return { files, notes };
}

function withShortAltText(adapter: Adapter<never>, file: Media): Media {
  const { altTextMax } = adapter.capabilities.media;
  if (altTextMax === 0 || file.altText.length <= altTextMax) return file;
  return { ...file, altText: shorten(file.altText, (words) => words.length <= altTextMax) };
}

function issuesOf(adapter: Adapter<never>, media: readonly Media[]) {
  const issues = validate(adapter, { role: "post", text: "text", link: null, media, options: {} });
  return issues.filter(({ severity, field }) => severity === "error" && field.startsWith("media"));
}

function note(code: string, message: string): FileNote {
  return { code, message };
}
