import type { FileHandle } from "node:fs/promises";

/** What MP4 and MOV files are made of: a length, a type of four letters, a body that may hold boxes. Positions in bytes. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const headerBytes = 16;
const windowBytes = 4096;

/** @param limit where what holds the box ends @returns undefined where no whole box begins */
function boxAt(header: Buffer, start: number, limit: number): Box | undefined {
  if (header.length < 8) return undefined;
  const size = header.readUInt32BE(0);
  const isLong = size === 1;
  if (isLong && header.length < headerBytes) return undefined;
  const length = isLong ? Number(header.readBigUInt64BE(8)) : size || limit - start; // 0: all the rest
  const [body, end] = [start + (isLong ? headerBytes : 8), start + length];
  return body <= end && end <= limit
    ? { type: header.toString("latin1", 4, 8), start, body, end }
    : undefined;
}

/** The boxes that stand in a row from one position of the buffer on, up to the first that is none. */
export function boxesIn(bytes: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at < to; ) {
    const box = boxAt(bytes.subarray(at, Math.min(at + headerBytes, to)), at, to);
    if (!box) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}

/** The outermost boxes of a file, up to the first that is none. Headers that stand close together are read together. */
export async function outerBoxes(file: FileHandle, size: number): Promise<Box[]> {
  const boxes: Box[] = [];
  const read = Buffer.alloc(windowBytes);
  let [from, to] = [0, 0];
  for (let at = 0; at < size; ) {
    if (at + headerBytes > to) {
      const { bytesRead } = await file.read(read, 0, windowBytes, at);
      [from, to] = [at, at + bytesRead];
    }
    const box = boxAt(read.subarray(at - from, Math.min(at - from + headerBytes, to - from)), at, size);
    if (!box) break;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}
