import type { Readable } from "node:stream";

/** The body is larger than we read. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
}

/**
 * The stream's bytes, up to a bound. The stream itself stays open when it is too long, so that it can be answered.
 * @throws TooLarge
 */
export async function* boundedTo(maxBytes: number, stream: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) throw new TooLarge("The body is too large");
    yield chunk as Buffer;
  }
}
