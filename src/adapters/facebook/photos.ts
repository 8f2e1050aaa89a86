import type { Call } from "../contract/adapter.ts";
import { unlessGone } from "../families/graph-gone.ts";
import { type FacebookCredentials, request } from "./api.ts";

/** https://developers.facebook.com/docs/graph-api/reference/photo (checked 2026-11) */
interface Photo {
  readonly id: string;
  /** As its author wrote it; what Facebook guesses stands elsewhere. */
  readonly alt_text_custom?: string;
  /** Largest first. */
  readonly images?: readonly { readonly source: string }[];
}

const idsAtOnce = 50;

/** Several photos by id, those that we may see: their largest file and their alt text. */
export async function photosOf(
  ids: readonly string[],
  call: Call<FacebookCredentials>,
): Promise<ReadonlyMap<string, Photo>> {
  const found = new Map<string, Photo>();
  for (let start = 0; start < ids.length; start += idsAtOnce)
    for (const photo of await readPhotos(ids.slice(start, start + idsAtOnce), call))
      found.set(photo.id, photo);
  return found;
}

/** One that is gone fails the whole request: then each is asked by itself. */
async function readPhotos(
  ids: readonly string[],
  call: Call<FacebookCredentials>,
): Promise<readonly Photo[]> {
  const photos = await unlessGone(() =>
    request<Readonly<Record<string, Photo>>>(call, {
      method: "GET",
      path: "",
      query: { ids: ids.join(","), fields: "id,alt_text_custom,images" },
    }),
  );
  if (photos) return Object.values(photos);
  if (ids.length === 1) return [];
  return (await Promise.all(ids.map((id) => readPhotos([id], call)))).flat();
}
