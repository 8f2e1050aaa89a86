import type { SourceFile } from "../../domain/link/source-item.ts";

/** A file of an item, and its id here. */
interface FetchedFile {
  readonly url: string;
  readonly id: string;
}

/** Each file with the one that was fetched for it: by its very address first, and none for two. */
export function pairUp(files: readonly SourceFile[], fetched: readonly FetchedFile[]) {
  const exact = files.map((file) => fetched.find(({ url }) => url === file.url));
  const used = new Set(exact.flatMap((one) => one?.id ?? []));
  return files.map((file, index) => {
    const isOnly = files.filter(({ url }) => isSameFile(url, file.url)).length === 1;
    const loose = isOnly
      ? fetched.find(({ url, id }) => !used.has(id) && isSameFile(url, file.url))
      : undefined;
    return { file, at: exact[index] ?? loose };
  });
}

/** Platforms sign addresses anew with each reading, behind a name that stays. Without a file's name only all of it counts. */
function isSameFile(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [new URL(one).pathname, new URL(other).pathname];
  return a === b && /\.(jpe?g|png|webp|gif|mp4|mov|webm)$/i.test(a);
}

/** The ids of an item's files as it is now: what was fetched before it got others stays noted. */
export function presentIds(files: readonly SourceFile[], fetched: readonly FetchedFile[]): string[] {
  const pairs = pairUp(files, fetched);
  const found = pairs.flatMap(({ at }) => at?.id ?? []);
  return found.length === files.length ? found : fetched.slice(-files.length).map(({ id }) => id);
}
