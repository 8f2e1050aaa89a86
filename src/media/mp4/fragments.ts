import { type Box, boxesIn } from "./box.ts";
import { extend, type Range } from "./ranges.ts";
import type { Header } from "./shown.ts";

/** Which fields a box has, by its flags. ISO/IEC 14496-12, 8.8.7 and 8.8.8 */
const tfhd = { baseOffset: 0x1, description: 0x2, duration: 0x8, size: 0x10, fromMoof: 0x2_00_00 };
const trun = { offset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, composition: 0x800 };

/** A track's part of a fragment. */
export interface Fragment {
  readonly track: number;
  /** Of its `traf` box, in the file. */
  readonly start: number;
  readonly samples: readonly Range[];
}

/**
 * Where the samples of one `moof` box lie.
 * @param sizes how large a sample of a track is where nothing else is said, by the track's id
 * @throws where it makes no sense
 */
export function fragmentsOf({ start, bytes }: Header, sizes: ReadonlyMap<number, number>): Fragment[] {
  const [moof] = boxesIn(bytes, 0, bytes.length);
  if (!moof) throw new Error("no moof");
  let end = start; // of the data of the track before
  return boxesIn(bytes, moof.body, moof.end)
    .filter(({ type }) => type === "traf")
    .map((traf, index) => {
      const boxes = boxesIn(bytes, traf.body, traf.end);
      const head = boxes.find(({ type }) => type === "tfhd");
      if (!head) throw new Error("no tfhd");
      const { track, base, size } = headOf(
        bytes,
        head,
        { moof: start, before: index === 0 ? start : end },
        sizes,
      );
      const samples: { start: number; end: number }[] = [];
      end = base;
      for (const run of boxes.filter(({ type }) => type === "trun"))
        end = addRun(bytes, run, { base, at: end, size }, samples);
      return { track, start: start + traf.start, samples };
    });
}

function headOf(
  bytes: Buffer,
  { body }: Box,
  places: { readonly moof: number; readonly before: number },
  sizes: ReadonlyMap<number, number>,
): { readonly track: number; readonly base: number; readonly size: number } {
  const flags = bytes.readUInt32BE(body) & 0xff_ff_ff;
  const track = bytes.readUInt32BE(body + 4);
  let at = body + 8;
  let base = flags & tfhd.fromMoof ? places.moof : places.before;
  if (flags & tfhd.baseOffset) {
    base = Number(bytes.readBigUInt64BE(at));
    at += 8;
  }
  for (const field of [tfhd.description, tfhd.duration]) if (flags & field) at += 4;
  return { track, base, size: flags & tfhd.size ? bytes.readUInt32BE(at) : (sizes.get(track) ?? 0) };
}

/** @returns where its data ends */
function addRun(
  bytes: Buffer,
  { body, end }: Box,
  { base, at, size }: { readonly base: number; readonly at: number; readonly size: number },
  samples: { start: number; end: number }[],
): number {
  const flags = bytes.readUInt32BE(body) & 0xff_ff_ff;
  const count = bytes.readUInt32BE(body + 4);
  const start = flags & trun.offset ? base + bytes.readInt32BE(body + 8) : at;
  const table = body + 8 + (flags & trun.offset ? 4 : 0) + (flags & trun.firstFlags ? 4 : 0);
  const entry =
    [trun.duration, trun.size, trun.flags, trun.composition].filter((field) => flags & field).length * 4;
  if (table + count * entry > end) throw new Error("a run is cut off");
  let length = flags & trun.size ? 0 : count * size;
  if (flags & trun.size)
    for (let sample = 0; sample < count; sample++)
      length += bytes.readUInt32BE(table + sample * entry + (flags & trun.duration ? 4 : 0));
  extend(samples, start, start + length);
  return start + length;
}
