import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** A document put, or deleted where `v` is absent. Names are short since there is one per change. */
export interface JournalLine {
  readonly c: string; // collection
  readonly k: string; // id
  readonly v?: unknown;
}

export interface Journal {
  /** On its way to the disk when this returns: a killed process loses nothing. */
  append(line: JournalLine): void;
  close(): void;
}

/**
 * Reads what the file holds, lets `compact` say what is still true, writes that anew and opens it for more.
 * A torn last line (the process died while writing it) is left out: its request was never answered.
 * @throws Error where an earlier line is damaged
 */
export function openJournal(
  path: string,
  compact: (lines: readonly JournalLine[]) => Iterable<JournalLine>,
): Journal {
  rewrite(path, compact(readLines(path)));
  const file = openSync(path, "a");
  return {
    append: (line) => writeWhole(file, `${JSON.stringify(line)}\n`),
    close: () => closeSync(file),
  };
}

function readLines(path: string): JournalLine[] {
  const lines = readIfThere(path).split("\n");
  lines.pop(); // empty after a whole last line, else torn
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as JournalLine;
    } catch {
      throw new Error(
        `The practice network's journal is damaged in line ${index + 1}. Remove its folder to start afresh.`,
      );
    }
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw cause;
  }
}

function rewrite(path: string, lines: Iterable<JournalLine>): void {
  const file = openSync(`${path}.new`, "w");
  for (const line of lines) writeWhole(file, `${JSON.stringify(line)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

/** A short write (a full disk that got room again) must not leave half a line in the middle. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
