import { type Box, boxesIn } from "./box.ts";
import { extend, type Range } from "./ranges.ts";

/** The boxes below one, by their types. @throws where one of them is missing */
export function below(bytes: Buffer, box: Box, ...types: readonly string[]): Box {
  return types.reduce((at, type) => {
    const found = boxesIn(bytes, at.body, at.end).find((child) => child.type === type);
    if (!found) throw new Error(`no ${type}`);
    return found;
  }, box);
}

/**
 * Where the samples of a track lie, by the tables of its `stbl` box. ISO/IEC 14496-12, 8.7
 * @throws where they contradict each other
 */
export function rangesOf(bytes: Buffer, stbl: Box): Range[] {
  const children = boxesIn(bytes, stbl.body, stbl.end);
  const find = (...types: string[]) => children.find(({ type }) => types.includes(type));
  const [offsets, runs, sizes] = [find("stco", "co64"), find("stsc"), find("stsz", "stz2")];
  if (!offsets || !runs || !sizes) throw new Error("tables are missing");
  const sizeOf = samplesIn(bytes, sizes, find("stsd"));
  const perChunk = chunksIn(bytes, runs);
  const ranges: { start: number; end: number }[] = [];
  const wide = offsets.type === "co64";
  const count = countIn(bytes, offsets, offsets.body + 4, wide ? 8 : 4);
  for (let chunk = 1, sample = 0; chunk <= count; chunk++) {
    const at = offsets.body + 8 + (chunk - 1) * (wide ? 8 : 4);
    const start = wide ? Number(bytes.readBigUInt64BE(at)) : bytes.readUInt32BE(at);
    const samples = perChunk(chunk);
    extend(ranges, start, start + sizeOf(sample, samples));
    sample += samples;
  }
  return ranges;
}

/** How many entries a table has, none of them beyond its box. */
function countIn(bytes: Buffer, { end }: Box, at: number, entryBytes: number): number {
  const count = bytes.readUInt32BE(at);
  if (at + 4 + count * entryBytes > end) throw new Error("a table is cut off");
  return count;
}

/** How many samples a chunk has. Chunks are asked for in order. */
function chunksIn(bytes: Buffer, box: Box): (chunk: number) => number {
  const count = countIn(bytes, box, box.body + 4, 12);
  let run = 0;
  const firstOf = (entry: number) => bytes.readUInt32BE(box.body + 8 + entry * 12);
  return (chunk) => {
    while (run + 1 < count && firstOf(run + 1) <= chunk) run++;
    return count === 0 ? 0 : bytes.readUInt32BE(box.body + 8 + run * 12 + 4);
  };
}

/** How many bytes so many samples have, from one on; beyond the last there is nothing. */
function samplesIn(bytes: Buffer, box: Box, stsd: Box | undefined): (from: number, count: number) => number {
  const total = bytes.readUInt32BE(box.body + 8);
  const known = (from: number, count: number) => Math.max(0, Math.min(count, total - from));
  const fixed = box.type === "stsz" ? bytes.readUInt32BE(box.body + 4) : 0;
  if (fixed > 0) {
    const soundBytes = soundIn(bytes, stsd, fixed);
    return (from, count) => soundBytes(known(from, count));
  }
  const bits = box.type === "stsz" ? 32 : (bytes[box.body + 7] ?? 0);
  if (![4, 8, 16, 32].includes(bits)) throw new Error("an odd table");
  countIn(bytes, box, box.body + 8, bits / 8);
  return (from, count) => {
    let sum = 0;
    for (let sample = from; sample < from + known(from, count); sample++)
      sum += sizeAt(bytes, box.body + 12, sample, bits);
    return sum;
  };
}

function sizeAt(bytes: Buffer, table: number, sample: number, bits: number): number {
  if (bits === 4) return ((bytes[table + (sample >> 1)] ?? 0) >> (sample % 2 === 0 ? 4 : 0)) & 15;
  return bytes.readUIntBE(table + (sample * bits) / 8, bits / 8);
}

/**
 * QuickTime's sound of one size counts in its own way: a size of 1 stands for a moment on all channels, and packed sound
 * has so many bytes for so many moments.
 * https://developer.apple.com/documentation/quicktime-file-format/sound_sample_descriptions (checked 2026-11)
 */
function soundIn(bytes: Buffer, stsd: Box | undefined, size: number): (samples: number) => number {
  const [entry] = stsd ? boxesIn(bytes, stsd.body + 8, stsd.end) : [];
  if (!entry || size !== 1 || entry.end - entry.body < 28) return (samples) => samples * size;
  const version = bytes.readUInt16BE(entry.body + 8);
  if (version === 1 && entry.end - entry.body >= 44) {
    const [moments, frame] = [bytes.readUInt32BE(entry.body + 28), bytes.readUInt32BE(entry.body + 36)];
    if (moments > 0 && frame > 0) return (samples) => Math.ceil(samples / moments) * frame;
  }
  const [channels, bits] = [bytes.readUInt16BE(entry.body + 16), bytes.readUInt16BE(entry.body + 18)];
  return (samples) => samples * Math.max(1, (channels * bits) / 8);
}
