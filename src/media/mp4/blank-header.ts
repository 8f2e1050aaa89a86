import { type Box, boxesIn } from "./box.ts";
import type { Header, Shown } from "./shown.ts";

// Everything that playing needs, and nothing that tells where, when, by whom or with what a film was taken.
// ISO/IEC 14496-12 and https://developer.apple.com/documentation/quicktime-file-format (checked 2026-11)
const needed: Readonly<Record<string, readonly string[]>> = {
  moov: ["mvhd", "trak", "mvex"],
  mvex: ["mehd", "trex"],
  trak: ["tkhd", "tapt", "edts", "mdia"],
  edts: ["elst"],
  mdia: ["mdhd", "hdlr", "elng", "minf"],
  minf: ["vmhd", "smhd", "hdlr", "dinf", "stbl"],
  dinf: ["dref"],
  stbl: "stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sdtp sbgp sgpd subs padb stdp".split(" "),
  moof: ["mfhd", "traf"],
  traf: "tfhd tfdt trun sdtp sbgp sgpd subs".split(" "),
};
const hiding = ["uuid", "udta", "meta", "free", "skip"];

/**
 * Empties all of a `moov` or `moof` box that playing does not need. Nothing moves: what goes becomes free space of the
 * same length, filled with zeros.
 */
export function blankHeader({ start, bytes }: Header, shown: Shown): void {
  for (const box of boxesIn(bytes, 0, bytes.length)) blankIn(bytes, box, "");

  function blankIn(within: Buffer, box: Box, handler: string): void {
    const children = needed[box.type];
    if (!children) {
      blankFields(within, box, handler);
      return;
    }
    const found = boxesIn(within, box.body, box.end);
    const kind = box.type === "mdia" ? handlerOf(within, found) : handler;
    for (const child of found) {
      if (children.includes(child.type) && isShown(child)) blankIn(within, child, kind);
      else blank(within, child);
    }
    within.fill(0, found.at(-1)?.end ?? box.body, box.end);
  }

  function isShown(box: Box): boolean {
    return (box.type !== "trak" && box.type !== "traf") || shown.tracks.has(start + box.start);
  }
}

/** Makes a box free space. */
function blank(bytes: Buffer, box: Box): void {
  bytes.write("free", box.start + 4, "latin1");
  bytes.fill(0, box.body, box.end);
}

function handlerOf(bytes: Buffer, boxes: readonly Box[]): string {
  const box = boxes.find(({ type }) => type === "hdlr");
  return box ? bytes.toString("latin1", box.body + 8, box.body + 12) : "";
}

/** The fields of a box that say when, and with what. */
function blankFields(bytes: Buffer, box: Box, handler: string): void {
  const { type, body, end } = box;
  const clear = (from: number, to: number) => bytes.fill(0, Math.min(from, end), Math.min(to, end));
  if (["mvhd", "tkhd", "mdhd"].includes(type)) clear(body + 4, body + (bytes[body] === 1 ? 20 : 12)); // made, changed
  if (type === "hdlr") clear(body + 24, end); // its name
  if (type === "dref")
    for (const entry of boxesIn(bytes, body + 8, end)) bytes.fill(0, entry.body + 4, entry.end);
  if (type === "stsd") for (const entry of boxesIn(bytes, body + 8, end)) blankEntry(bytes, entry, handler);
}

/** The description of a codec: of a picture's, the name of what encoded it; of both, boxes that are no part of it. */
function blankEntry(bytes: Buffer, { body, end }: Box, handler: string): void {
  const isPicture = handler === "vide";
  if (isPicture) bytes.fill(0, Math.min(body + 42, end), Math.min(body + 74, end));
  const version = end - body >= 10 ? bytes.readUInt16BE(body + 8) : 0; // QuickTime's sound has longer ones
  const fixed = isPicture ? 78 : 28 + ([0, 16, 36][version] ?? 0);
  for (const child of boxesIn(bytes, body + fixed, end)) if (hiding.includes(child.type)) blank(bytes, child);
}
