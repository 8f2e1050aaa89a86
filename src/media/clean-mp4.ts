import { constants, copyFile, type FileHandle, open } from "node:fs/promises";
import { blankHeader } from "./mp4/blank-header.ts";
import { type Box, outerBoxes } from "./mp4/box.ts";
import { quietPictures } from "./mp4/quiet-pictures.ts";
import type { UnitForm } from "./mp4/quiet-sei.ts";
import type { Range } from "./mp4/ranges.ts";
import { findShown, type Header, type ShownIds } from "./mp4/shown.ts";
import { type Film, formOf, withFilm } from "./with-film.ts";

// moov and moof describe, mdat holds the samples, the others help to find them.
const headers = ["moov", "moof"];
const needed = ["ftyp", "styp", ...headers, "mdat", "sidx", "ssix", "mfra"];
const maxHeaderBytes = 128 * 1024 * 1024;
const zeros = Buffer.alloc(1024 * 1024);

/**
 * Copies an MP4 or MOV file to `target`, without anything that is neither the picture nor the sound that players show:
 * position, camera, time, names, other tracks, telemetry, text, what lies between and after the samples. What stays is the same to the bit, and at the same place.
 * @throws where the file is not whole, or makes no sense
 */
export async function cleanMp4(source: string, target: string): Promise<void> {
  const film = await withFilm(source, shownOf);
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  const file = await open(target, "r+");
  try {
    const { size } = await file.stat();
    const boxes = await outerBoxes(file, size);
    const end = boxes.at(-1)?.end ?? 0;
    await refuseBroken(file, end, size);
    await blankAll(file, onlyOneFilm(boxes), film);
    await file.truncate(end); // some cameras write their log behind the last box
  } finally {
    await file.close();
  }
}

/** A box of samples that does not end is a file that did not arrive whole. */
async function refuseBroken(file: FileHandle, at: number, size: number): Promise<void> {
  if (at === size) return;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, at);
  if (needed.includes(buffer.toString("latin1", 4, bytesRead))) throw new Error("not complete");
}

/** A second description of the film would be one that is not looked at. */
function onlyOneFilm(boxes: readonly Box[]): Box[] {
  const first = boxes.findIndex(({ type }) => type === "moov");
  return boxes.map((box, index) => (box.type === "moov" && index !== first ? { ...box, type: "more" } : box));
}

interface ShownFilm extends ShownIds {
  readonly form: UnitForm | undefined;
}

/** As a player has it, which is not the one that blanks. */
async function shownOf({ picture, sound }: Film): Promise<ShownFilm> {
  return { picture: picture.id, sound: sound?.id ?? null, form: await formOf(picture) };
}

async function blankAll(file: FileHandle, boxes: readonly Box[], film: ShownFilm): Promise<void> {
  const read = await readHeaders(file, boxes);
  const shown = findShown(read, film);
  for (const header of read) {
    blankHeader(header, shown);
    await file.write(header.bytes, 0, header.bytes.length, header.start);
  }
  if (film.form) await quietPictures(file, shown.pictures, film.form);
  for (const box of boxes) {
    if (box.type === "mdat") await clearAround(file, box, shown.samples);
    else if (!needed.includes(box.type)) await blankOuter(file, box);
  }
}

async function readHeaders(file: FileHandle, boxes: readonly Box[]): Promise<Header[]> {
  const found = boxes.filter(({ type }) => headers.includes(type));
  if (found.reduce((sum, { start, end }) => sum + end - start, 0) > maxHeaderBytes)
    throw new Error("too large");
  return Promise.all(
    found.map(async ({ start, end }) => {
      const bytes = Buffer.alloc(end - start);
      await file.read(bytes, 0, bytes.length, start);
      return { start, bytes };
    }),
  );
}

async function blankOuter(file: FileHandle, { type, start, body, end }: Box): Promise<void> {
  if (type !== "free") await file.write(Buffer.from("free"), 0, 4, start + 4);
  await clear(file, body, end);
}

/** @param samples in order and apart */
async function clearAround(
  file: FileHandle,
  { body, end }: Range & Box,
  samples: readonly Range[],
): Promise<void> {
  let at = body;
  for (const sample of samples) {
    if (sample.end <= body) continue;
    if (sample.start >= end) break;
    await clear(file, at, sample.start);
    at = Math.max(at, sample.end);
  }
  await clear(file, at, end);
}

async function clear(file: FileHandle, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += zeros.length)
    await file.write(zeros, 0, Math.min(zeros.length, to - at), at);
}
