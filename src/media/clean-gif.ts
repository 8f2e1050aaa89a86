import { open } from "node:fs/promises";

// https://www.w3.org/Graphics/GIF/spec-gif89a.txt (checked 2026-11)
const imageBlock = 0x2c;
const extension = 0x21;
const trailer = 0x3b;
const graphicControl = 0xf9;
const application = 0xff;
/** How often it is played; every other application's block is a comment by another name. */
const loops = ["NETSCAPE2.0", "ANIMEXTS1.0"];

/**
 * Copies a GIF to `target` without comments, texts, other programs' data and what follows its end. Its pictures are not
 * unpacked.
 * @throws where it is not whole
 */
export async function cleanGif(source: string, target: string): Promise<void> {
  const input = await open(source, "r");
  try {
    const bytes = await input.readFile();
    const output = await open(target, "w", 0o600);
    try {
      await output.writev(shownIn(bytes));
    } finally {
      await output.close();
    }
  } finally {
    await input.close();
  }
}

function shownIn(bytes: Buffer): Buffer[] {
  const kept = [bytes.subarray(0, 13 + tableBytes(byteAt(bytes, 10)))];
  let at = kept[0]?.length ?? 0;
  for (;;) {
    const kind = byteAt(bytes, at);
    if (kind === trailer) return [...kept, bytes.subarray(at, at + 1)];
    if (kind !== imageBlock && kind !== extension) throw new Error("not a GIF's block");
    const data = kind === extension ? at + 2 : at + 11 + tableBytes(byteAt(bytes, at + 9));
    const end = endOfData(bytes, data);
    if (kind === imageBlock || isShown(bytes, at)) kept.push(bytes.subarray(at, end));
    at = end;
  }
}

function isShown(bytes: Buffer, at: number): boolean {
  const label = byteAt(bytes, at + 1);
  return (
    label === graphicControl ||
    (label === application && loops.includes(bytes.toString("latin1", at + 3, at + 14)))
  );
}

/** Of a table of colours, by the flags that tell of it. */
function tableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Data stands in pieces of at most 255 bytes, the last of them empty. */
function endOfData(bytes: Buffer, start: number): number {
  let at = start;
  for (let size = byteAt(bytes, at); size > 0; size = byteAt(bytes, at)) at += 1 + size;
  return at + 1;
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Error("ends too early");
  return byte;
}
