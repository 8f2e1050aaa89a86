import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";

/** A document put, or deleted where `v` is absent. Names are short since there is one per change. */
export interface Change {
  readonly c: string; // collection
  readonly k: string; // id
  readonly v?: unknown;
}

export interface Journal {
  /** One line, kept whole or not at all. On its way to the disk when this returns: a killed process loses nothing. */
  append(changes: readonly Change[]): void;
  close(): void;
}

/**
 * Reads what the file holds, lets `compact` say what is still true, writes that anew and opens it for more.
 * A torn last line (the process died while writing it) is left out: its request was never answered.
 * @throws Error where an earlier line is damaged
 */
export function openJournal(
  path: string,
  compact: (changes: readonly Change[]) => Iterable<Change>,
): Journal {
  rewrite(path, compact(readChanges(path)));
  const file = openSync(path, "a");
  return {
    append(changes) {
      const { size } = fstatSync(file);
      try {
        writeWhole(file, `${JSON.stringify(changes)}\n`);
      } catch (cause) {
        ftruncateSync(file, size); // a full disk leaves no half line for the next one to follow
        throw cause;
      }
    },
    close: () => closeSync(file),
  };
}

function readChanges(path: string): Change[] {
  const lines = readIfThere(path).split("\n");
  lines.pop(); // empty after a whole last line, else torn
  return lines.flatMap((line, index) => {
    try {
      return JSON.parse(line) as Change[];
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

function rewrite(path: string, changes: Iterable<Change>): void {
  const file = openSync(`${path}.new`, "w");
  for (const change of changes) writeWhole(file, `${JSON.stringify([change])}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
