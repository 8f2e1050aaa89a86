import { createFile, type ISOFile, MP4BoxBuffer } from "mp4box";

/** A `moov` or `moof` box: where it begins in its file, and all of it. */
export interface Header {
  readonly start: number;
  readonly bytes: Buffer;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What of a film is picture or sound. */
export interface Shown {
  /** Where the descriptions of its tracks begin: `trak` and `traf` boxes. */
  readonly tracks: ReadonlySet<number>;
  /** Where its samples lie, in order and apart. */
  readonly samples: readonly Range[];
}

const handlers = ["vide", "soun"];

/**
 * Finds pictures and sound by the tables of the file.
 * @param headers in the order of the file
 * @throws where the tables make no sense
 */
export function findShown(headers: readonly Header[]): Shown {
  const file = parse(headers);
  const traks = file.moov.traks.filter(({ mdia }) => handlers.includes(mdia.hdlr.handler));
  const ids = new Set(traks.map(({ tkhd }) => tkhd.track_id));
  const trafs = file.moofs.flatMap(({ trafs }) => trafs ?? []).filter(({ tfhd }) => ids.has(tfhd.track_id));
  return {
    tracks: new Set([...traks, ...trafs].map(({ start }) => start ?? 0)),
    samples: merge([...ids].flatMap((id) => rangesOf(file, id))),
  };
}

/** What lies between the headers is told as one box of data each time: the parser steps over it. */
function parse(headers: readonly Header[]): ISOFile {
  const file = createFile();
  file.onError = () => undefined;
  let at = 0;
  for (const { start, bytes } of headers) {
    if (start > at) append(file, dataHeader(start - at), at);
    append(file, bytes, start);
    at = start + bytes.length;
  }
  return file;
}

function dataHeader(size: number): Buffer {
  const header = Buffer.from("....mdat");
  header.writeUInt32BE(size);
  return header;
}

function append(file: ISOFile, bytes: Buffer, start: number): void {
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(own, start));
}

/** Samples mostly stand one after another: long rows of them become one range. */
function rangesOf(file: ISOFile, id: number): Range[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { offset, size } of file.getTrackSamplesInfo(id) ?? []) {
    const last = ranges.at(-1);
    if (last?.end === offset) last.end += size;
    else ranges.push({ start: offset, end: offset + size });
  }
  return ranges;
}

function merge(ranges: Range[]): Range[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
