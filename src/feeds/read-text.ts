import { windowsSigns } from "../markup/windows-signs.ts";
import { feedTooLarge, letGo, unreachable } from "./request-feed.ts";

const maxBytes = 5 * 1024 * 1024;

/** The answer's text, in whichever alphabet it is written. Broken off after 5 MB. @throws FeedError */
export async function readText(answer: Response): Promise<string> {
  const bytes = await readBytes(answer);
  const declared = /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(answer.headers.get("content-type") ?? "")?.[1];
  const decoder = decoderFor(bytes, declared);
  const text = decoder.decode(bytes);
  return decoder.encoding === "windows-1252" ? windowsSigns(text) : text;
}

async function readBytes(answer: Response): Promise<Uint8Array> {
  if (Number(answer.headers.get("content-length")) > maxBytes) {
    await letGo(answer);
    throw feedTooLarge();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // Leaving the loop cancels the rest, which closes the connection.
    for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw unreachable(cause);
  }
  if (length > maxBytes) throw feedTooLarge();
  return Buffer.concat(chunks);
}

/**
 * A byte-order mark wins over what the server says, that over what the document says, which is UTF-8 without a word.
 * https://www.rfc-editor.org/rfc/rfc7303#section-3 (checked 2026-11)
 */
function decoderFor(bytes: Uint8Array, declared: string | undefined): TextDecoder {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be");
  if (first === 0xef && second === 0xbb) return new TextDecoder();
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const written = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1];
  for (const name of [declared, written]) {
    const decoder = named(name);
    if (decoder) return decoder;
  }
  return new TextDecoder();
}

function named(alphabet: string | undefined): TextDecoder | undefined {
  try {
    return alphabet === undefined ? undefined : new TextDecoder(alphabet);
  } catch {
    return undefined; // a name nobody knows
  }
}
