import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type JournalLine, openJournal } from "./journal.ts";
import type { PracticeCollection } from "./kit.ts";

export interface Store {
  /** Documents are plain JSON; what `get` and `list` give is not to be changed but put again. */
  collection<T>(name: string): PracticeCollection<T>;
  close(): void;
}

type Collections = Map<string, Map<string, unknown>>;

/** Everything the practice network remembers: in memory, and in a journal that outlives a kill. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true });
  const collections: Collections = new Map();
  const journal = openJournal(join(folder, "journal.ndjson"), (lines) => {
    for (const line of lines) apply(collections, line);
    return stillTrue(collections);
  });
  const change = (line: JournalLine) => {
    journal.append(line);
    apply(collections, line);
  };
  return {
    collection<T>(name: string): PracticeCollection<T> {
      const documents = () => (collections.get(name) ?? new Map()) as Map<string, T>;
      return {
        get: (id) => documents().get(id),
        put: (id, value) => change({ c: name, k: id, v: value }),
        delete: (id) => change({ c: name, k: id }),
        list: () => [...documents()],
      };
    },
    close: () => journal.close(),
  };
}

function apply(collections: Collections, { c, k, v }: JournalLine): void {
  let documents = collections.get(c);
  if (!documents) {
    documents = new Map();
    collections.set(c, documents);
  }
  if (v === undefined) documents.delete(k);
  else documents.set(k, v);
}

function* stillTrue(collections: Collections): Generator<JournalLine> {
  for (const [c, documents] of collections) for (const [k, v] of documents) yield { c, k, v };
}
