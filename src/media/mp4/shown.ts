import { type Box, boxesIn } from "./box.ts";
import { fragmentsOf } from "./fragments.ts";
import { merge, type Range } from "./ranges.ts";
import { below, rangesOf } from "./tables.ts";

/** A `moov` or `moof` box: where it begins in its file, and all of it. */
export interface Header {
  readonly start: number;
  readonly bytes: Buffer;
}

/** What of a film is picture or sound. */
export interface Shown {
  /** Where the descriptions of its tracks begin: `trak` and `traf` boxes. */
  readonly tracks: ReadonlySet<number>;
  /** Where its samples lie, in order and apart. */
  readonly samples: readonly Range[];
  /** Those of the picture. */
  readonly pictures: readonly Range[];
}

/** Which tracks are shown, by their ids. */
export interface ShownIds {
  readonly picture: number;
  readonly sound: number | null;
}

/**
 * Finds what is shown by the tables of the file.
 * @param headers in the order of the file, one `moov` among them
 * @throws where the tables make no sense
 */
export function findShown(headers: readonly Header[], { picture, sound }: ShownIds): Shown {
  const ids = new Set(sound === null ? [picture] : [picture, sound]);
  const isMoov = ({ bytes }: Header) => bytes.toString("latin1", 4, 8) === "moov";
  const header = headers.find(isMoov);
  const [moov] = header ? boxesIn(header.bytes, 0, header.bytes.length) : [];
  if (!header || !moov) throw new Error("no moov");
  const { bytes } = header;
  const traks = boxesIn(bytes, moov.body, moov.end).filter(
    (box) => box.type === "trak" && ids.has(idOf(bytes, below(bytes, box, "tkhd"))),
  );
  if (traks.length !== ids.size) throw new Error("tracks are missing, or there twice");
  const sizes = sizesIn(bytes, moov);
  const fragments = headers
    .filter((one) => !isMoov(one))
    .flatMap((moof) => fragmentsOf(moof, sizes))
    .filter(({ track }) => ids.has(track));
  const inMoov = traks.map((trak) => ({
    track: idOf(bytes, below(bytes, trak, "tkhd")),
    samples: rangesOf(bytes, below(bytes, trak, "mdia", "minf", "stbl")),
  }));
  const all = [...inMoov, ...fragments];
  const rangesIn = (parts: typeof all) => parts.flatMap(({ samples }) => samples);
  return {
    tracks: new Set([
      ...traks.map((trak) => header.start + trak.start),
      ...fragments.map(({ start }) => start),
    ]),
    samples: merge(rangesIn(all)),
    pictures: rangesIn(all.filter(({ track }) => track === picture)),
  };
}

function idOf(bytes: Buffer, { body }: Box): number {
  return bytes.readUInt32BE(body + (bytes[body] === 1 ? 20 : 12));
}

/** How large a sample of a fragment is where it does not say, by track. */
function sizesIn(bytes: Buffer, moov: Box): Map<number, number> {
  const [mvex] = boxesIn(bytes, moov.body, moov.end).filter(({ type }) => type === "mvex");
  const defaults = mvex ? boxesIn(bytes, mvex.body, mvex.end).filter(({ type }) => type === "trex") : [];
  return new Map(defaults.map(({ body }) => [bytes.readUInt32BE(body + 4), bytes.readUInt32BE(body + 16)]));
}
