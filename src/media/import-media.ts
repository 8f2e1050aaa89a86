import { Refusal } from "../domain/refusal.ts";
import { addMedia, type MediaWorld } from "./add-media.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { MediaView } from "./media-view.ts";

const timeoutMs = 5 * 60_000;

/**
 * Fetches a file from the web and adds it.
 * @param save makes its row, where more has to happen with that
 * @throws Refusal `url_refused`, `media_type_refused`, `too_large`, `image_too_large`, `media_unreadable`
 */
export async function importMedia(
  world: MediaWorld,
  workspaceId: string,
  { url, altText }: { readonly url: string; readonly altText: string },
  save?: Parameters<typeof addMedia>[4],
): Promise<MediaView> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await world.media.download(url, { signal }).catch(unreachable);
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

/** Each hop would be another stranger's choice of address. */
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
