import { isSameLook, textKey } from "./same-again.ts";

/** Something that was sent, as far as a platform shows it. */
export interface Sent {
  readonly text: string;
  /** Some of them are shown, a title or a content warning. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly looks: readonly (string | null)[];
}

/** Something that an account shows. */
export interface Shown {
  readonly text: string;
  readonly title: string | null;
  readonly looks: readonly (string | null)[];
  /** Files that it has and does not show. */
  readonly missingFiles: number;
}

/**
 * Whether what an account shows may be what was sent there. Platforms show a title above the text, below it, or alone;
 * words decide, for a picture may be missing in what is shown. Without letters the signs and the pictures have to be the same.
 */
export function maySay(sent: Sent, shown: Shown): boolean {
  const shownKeys = [shown.text, `${shown.title ?? ""}${shown.text}`]
    .map(textKey)
    .filter((key) => key !== "");
  if (shownKeys.length > 0) return shownKeys.some((key) => keysOf(sent).has(key));
  return (
    textKey(sent.text) === "" &&
    signsOf(sent.text) === signsOf(shown.text) &&
    sent.looks.length === shown.looks.length + shown.missingFiles &&
    (shown.missingFiles > 0 ||
      sent.looks.every((look, index) => isSameLook(look, shown.looks[index] ?? null) !== false))
  );
}

function keysOf({ text, options }: Sent): ReadonlySet<string> {
  const parts = Object.values(options).filter((value) => typeof value === "string");
  return new Set([text, ...parts.flatMap((part) => [part, part + text, text + part])].map(textKey));
}

function signsOf(text: string): string {
  return text.normalize("NFKC").replace(/\s+/gu, "");
}
