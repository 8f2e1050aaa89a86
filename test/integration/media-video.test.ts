import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { BufferSource, EncodedPacketSink, Input, MP4, QTFF, WEBM } from "mediabunny";
import { createMediaEditor, type MediaEditor } from "../../src/media/media-editor.ts";
import { mediaTypeOf } from "../../src/media/media-type.ts";
import { animationThatTells, type FilmType, filmThatTells, hiddenInFilm } from "../support/hidden-film.ts";

let folder: string;
let editor: MediaEditor;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "clarion-films-"));
  editor = createMediaEditor();
});
afterAll(async () => {
  editor.close();
  await rm(folder, { recursive: true });
});

async function clean(film: Buffer): Promise<{ facts: unknown; file: Buffer }> {
  const [source, target] = [join(folder, "source"), join(folder, "target")];
  await writeFile(source, film);
  await rm(target, { force: true });
  const facts = await editor.clean(source, target, await mediaTypeOf(film));
  expect((await readFile(source)).equals(film)).toBe(true); // it may have another name
  return { facts, file: await readFile(target) };
}

/** Everything a player gets to see and hear, and when. */
async function played(film: Buffer) {
  const input = new Input({ source: new BufferSource(film), formats: [MP4, QTFF, WEBM] });
  const tracks = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
  const packets = [];
  for (const track of tracks)
    if (track)
      for await (const { type, timestamp, duration, data } of new EncodedPacketSink(track).packets())
        packets.push({
          type,
          at: round(timestamp),
          for: round(duration),
          data: shownIn(Buffer.from(data)),
        });
  const turned = await tracks[0]?.getRotation();
  return { packets, turned, configs: await Promise.all(tracks.map((track) => track?.getDecoderConfig())) };
}

/** Without the notes that may stand before a picture. */
function shownIn(data: Buffer): string {
  const text = data.toString("latin1");
  return text.slice(text.search(/picture|noise/));
}

const round = (seconds: number) => Math.round(seconds * 1000);

/** When the film, its tracks and their media were made and changed. */
function timesIn(film: Buffer): bigint[] {
  const found = film.toString("latin1").matchAll(/(mvhd|tkhd|mdhd)\0/g);
  return [...found].map(({ index }) => film.readBigUInt64BE(index + 8));
}

const types = ["video/mp4", "video/quicktime", "fragmented", "video/webm"] as const;

describe.each<FilmType>(types)("a %s film", (type) => {
  it("loses what a camera hid in it, and nothing of its pictures and sound", async () => {
    const film = await filmThatTells(type);
    const told = Object.values(hiddenInFilm).filter((text) => film.includes(text));
    expect(told).toHaveLength(type === "video/webm" ? 4 : 6);
    const { file, facts } = await clean(film);
    expect(Object.values(hiddenInFilm).filter((text) => file.includes(text))).toEqual([]);
    const durationMs = type === "video/webm" ? 1980 : 2000; // there the last block does not say how long it is
    expect(facts).toMatchObject({ width: 192, height: 320, durationMs });
    expect(await played(file)).toEqual(await played(film));
  });

  it("is cleaned once and for all: again changes nothing", async () => {
    const { file } = await clean(await filmThatTells(type));
    expect((await played((await clean(file)).file)).packets).toEqual((await played(file)).packets);
  });
});

describe("a GIF", () => {
  it("loses comments, other programs' data and what follows its end, and none of its pictures", async () => {
    const { shown, gif } = await animationThatTells();
    const { file } = await clean(gif);
    expect(Object.values(hiddenInFilm).filter((text) => gif.includes(text)).length).toBeGreaterThan(2);
    expect(Object.values(hiddenInFilm).filter((text) => file.includes(text))).toEqual([]);
    expect(file.equals(shown)).toBe(true);
  });
  it("is refused when its end is missing", async () => {
    const { shown } = await animationThatTells();
    await expect(clean(shown.subarray(0, -10))).rejects.toMatchObject({ code: "media_unreadable" });
  });
});

describe.each<FilmType>(types.slice(0, 3))("a %s film", (type) => {
  it("says nowhere when it was made", async () => {
    const film = await filmThatTells(type);
    expect(timesIn(film).filter(Boolean)).not.toEqual([]);
    const { file } = await clean(film);
    expect(timesIn(file).filter(Boolean)).toEqual([]);
    expect(timesIn(file).length).toBeGreaterThan(4);
  });

  it("keeps its samples where they were", async () => {
    const film = await filmThatTells(type);
    const { file } = await clean(film);
    for (const text of ["picture 0 ", "picture 19 ", "noise 99"])
      expect(file.indexOf(text)).toBe(film.indexOf(text));
  });

  it("is refused when its end is missing", async () => {
    const film = await filmThatTells(type);
    const cut = clean(film.subarray(0, Math.floor(film.length / 2)));
    await expect(cut).rejects.toMatchObject({ code: "media_unreadable" });
  });
});
