import { Refusal } from "../domain/refusal.ts";
import { addMedia, type MediaWorld } from "./add-media.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { MediaView } from "./media-view.ts";

const timeoutMs = 5 * 60_000;

/**
 * Fetches a file from the web and adds it.
 * @param file.hops how many redirects are followed, each under the same guard; absent: none
 * @param save makes its row, where more has to happen with that
 * @throws Refusal `url_refused`, `media_type_refused`, `too_large`, `image_too_large`, `media_unreadable`
 */
export async function importMedia(
  world: MediaWorld,
  workspaceId: string,
  { url, altText, hops = 0 }: { readonly url: string; readonly altText: string; readonly hops?: number },
  save?: Parameters<typeof addMedia>[4],
): Promise<MediaView> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await download(world, url, hops, signal);
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

async function download(
  world: MediaWorld,
  url: string,
  hops: number,
  signal: AbortSignal,
): Promise<Response> {
  const answer = await world.media.download(url, { signal }).catch(unreachable);
  const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
  if (hops === 0 || next === null || !URL.canParse(next, url)) return answer;
  await answer.body?.cancel();
  return download(world, new URL(next, url).href, hops - 1, signal);
}

/** Where a person gives the address, each hop would be another stranger's choice of it. */
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
