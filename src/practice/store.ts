import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Change, openJournal } from "./journal.ts";
import type { PracticeCollection } from "./kit.ts";

export interface Store {
  /** Documents are plain JSON; what `get` and `list` give is not to be changed but put again. */
  collection<T>(name: string): PracticeCollection<T>;
  /** Writes what changed since the last time, together: before any answer that tells of it. */
  flush(): void;
  close(): void;
}

type Collections = Map<string, Map<string, unknown>>;

/** Everything the practice network remembers: in memory, and in a journal that outlives a kill. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true });
  const collections: Collections = new Map();
  const journal = openJournal(join(folder, "journal.ndjson"), (changes) => {
    for (const change of changes) apply(collections, change);
    return stillTrue(collections);
  });
  let unwritten: Change[] = [];
  const change = (made: Change) => {
    unwritten.push(made);
    apply(collections, made);
  };
  const flush = () => {
    if (unwritten.length === 0) return;
    journal.append(unwritten);
    unwritten = [];
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
    flush,
    close() {
      flush();
      journal.close();
    },
  };
}

function apply(collections: Collections, { c, k, v }: Change): void {
  let documents = collections.get(c);
  if (!documents) {
    documents = new Map();
    collections.set(c, documents);
  }
  if (v === undefined) documents.delete(k);
  else documents.set(k, v);
}

function* stillTrue(collections: Collections): Generator<Change> {
  for (const [c, documents] of collections) for (const [k, v] of documents) yield { c, k, v };
}
