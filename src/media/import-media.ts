import { Refusal } from "../domain/refusal.ts";
import { resolveUrl } from "../domain/resolve-url.ts";
import { addMedia, type MediaWorld } from "./add-media.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { MediaView } from "./media-view.ts";

const timeoutMs = 5 * 60_000;

/**
 * Fetches a file from the web and adds it.
 * `hops`: how often the address may lead on to another one; each goes through the guard by itself.
 * @param save makes its row, where more has to happen with that
 * @throws Refusal `url_refused`, `media_type_refused`, `too_large`, `image_too_large`, `media_unreadable`
 */
export async function importMedia(
  world: MediaWorld,
  workspaceId: string,
  { url, altText, hops = 0 }: { readonly url: string; readonly altText: string; readonly hops?: number },
  save?: Parameters<typeof addMedia>[4],
): Promise<MediaView> {
  const answer = await follow(world, url, hops, AbortSignal.timeout(timeoutMs));
  if (answer.status !== 200 || !answer.body) {
    await answer.body?.cancel();
    throw refusal(wordsFor(answer.status));
  }
  const received = await world.media
    .receive(answer.body as unknown as AsyncIterable<Uint8Array>, mediaTypeOf)
    .catch((error: unknown) => {
      if (error instanceof Refusal) throw error;
      throw refusal("broke off, or took too long");
    });
  return addMedia(world, workspaceId, received, altText, save);
}

/** A person gives an address and means that one; a platform's own may lead on to where its files lie. */
async function follow(world: MediaWorld, url: string, hops: number, signal: AbortSignal): Promise<Response> {
  const answer = await world.media.download(url, { signal }).catch(unreachable);
  const isLeadingOn = answer.status >= 300 && answer.status < 400;
  const next = resolveUrl(answer.headers.get("location") ?? "", url);
  if (hops === 0 || !isLeadingOn || next === null) return answer;
  await answer.body?.cancel();
  return follow(world, next, hops - 1, signal);
}

function wordsFor(status: number): string {
  if (status >= 300 && status < 400) return "leads on to another address; give that one";
  return `answers ${status}, not with a file`;
}

function unreachable(error: unknown): never {
  const codes = [error, (error as { cause?: unknown }).cause].map(
    (e) => (e as { code?: unknown } | undefined)?.code,
  );
  throw refusal(codes.includes("CLARION_ADDRESS_REFUSED") ? "is not a public one" : "cannot be reached");
}

function refusal(message: string): Refusal {
  return new Refusal("url_refused", `This address ${message}.`, {
    issues: [{ pointer: "/url", code: "url_refused", message }],
  });
}
