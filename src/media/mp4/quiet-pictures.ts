import type { FileHandle } from "node:fs/promises";
import { isNotes, quietSei, type UnitForm } from "./quiet-sei.ts";
import type { Range } from "./ranges.ts";

const windowBytes = 1024 * 1024;
const longestNotes = 1024 * 1024;

/**
 * Quiets the notes beside the pictures of one track.
 * @param ranges where its samples lie: each is a row of whole units
 */
export async function quietPictures(
  file: FileHandle,
  ranges: readonly Range[],
  form: UnitForm,
): Promise<void> {
  const window = openWindow(file);
  for (const { start, end } of ranges)
    for (let at = start; at + form.lengthBytes < end; ) {
      const head = await window.read(at, form.lengthBytes + 1);
      const unit = at + form.lengthBytes;
      const length = head.readUIntBE(0, form.lengthBytes);
      if (unit + length > end) break; // it is no row of units
      if (length > 0 && length <= longestNotes && isNotes(head[form.lengthBytes] ?? 0, form.codec))
        await quiet(file, unit, length, form);
      at = unit + length;
    }
}

async function quiet(file: FileHandle, at: number, length: number, { codec }: UnitForm): Promise<void> {
  const unit = Buffer.alloc(length);
  await file.read(unit, 0, length, at);
  quietSei(unit, codec);
  await file.write(unit, 0, length, at);
}

/** The same of one sample in memory. */
export function quietSample(sample: Buffer, { codec, lengthBytes }: UnitForm): void {
  for (let at = 0; at + lengthBytes < sample.length; ) {
    const [unit, length] = [at + lengthBytes, sample.readUIntBE(at, lengthBytes)];
    if (unit + length > sample.length) return;
    if (length > 0 && length <= longestNotes && isNotes(sample[unit] ?? 0, codec))
      quietSei(sample.subarray(unit, unit + length), codec);
    at = unit + length;
  }
}

/** Heads that stand close together are read together. */
function openWindow(file: FileHandle) {
  const bytes = Buffer.alloc(windowBytes);
  let [from, to] = [0, 0];
  return {
    async read(at: number, length: number): Promise<Buffer> {
      if (at < from || at + length > to) {
        const { bytesRead } = await file.read(bytes, 0, windowBytes, at);
        [from, to] = [at, at + bytesRead];
      }
      return bytes.subarray(at - from, at - from + length);
    },
  };
}
