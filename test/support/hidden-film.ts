import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from "mediabunny";
import { avcConfig } from "../contract/tiny-video.ts";
import { animation } from "./sample-media.ts";

/** What a camera writes into a film beside pictures and sound; the strings stand in it as they are here. */
export const hiddenInFilm = {
  place: "+52.5200+013.4050+034.000/",
  camera: "SpyCam 3000",
  note: "Taken at the safe house",
  telemetry: "GPS (13.4050, 52.5200, 18)",
  log: "pilot: Jane Roe",
  besidePictures: "MDPM N 52 31 12 E 13 24 18",
};

export type FilmType = "video/mp4" | "video/quicktime" | "video/webm" | "fragmented";

const formats: Readonly<Record<FilmType, () => OutputFormat>> = {
  "video/mp4": () => new Mp4OutputFormat({ fastStart: false }),
  "video/quicktime": () => new MovOutputFormat({ fastStart: false }),
  "video/webm": () => new WebMOutputFormat(),
  fragmented: () => new Mp4OutputFormat({ fastStart: "fragmented" }),
};

/** A film of two seconds with sound, pictures out of order, telemetry as text, tags, and whatever cameras add. */
export async function filmThatTells(type: FilmType): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: formats[type](), target });
  const [codec, sound] = type === "video/webm" ? (["vp8", "opus"] as const) : (["avc", "aac"] as const);
  const pictures = new EncodedVideoPacketSource(codec);
  const noises = new EncodedAudioPacketSource(sound);
  const telemetry = new EncodedAudioPacketSource(sound);
  output.addVideoTrack(pictures, { name: hiddenInFilm.camera, rotation: 90 });
  output.addAudioTrack(noises, { name: hiddenInFilm.note });
  output.addAudioTrack(telemetry);
  output.setMetadataTags({
    title: hiddenInFilm.note,
    comment: hiddenInFilm.place,
    date: new Date("2026-01-02"),
  });
  await output.start();
  await fill({ pictures, noises, telemetry }, codec);
  await output.finalize();
  const film = Buffer.from(target.buffer as ArrayBuffer);
  if (type === "video/webm") return film;
  film.write("meta", film.lastIndexOf("soun"), "latin1");
  return addBoxes(film);
}

interface Sources {
  readonly pictures: EncodedVideoPacketSource;
  readonly noises: EncodedAudioPacketSource;
  readonly telemetry: EncodedAudioPacketSource;
}

async function fill({ pictures, noises, telemetry }: Sources, codec: "avc" | "vp8"): Promise<void> {
  const order = [0, 4, 2, 1, 3]; // of each five, in the order they are decoded in
  for (let index = 0; index < 20; index += 1) {
    const at = (index - (index % 5) + (codec === "avc" ? (order[index % 5] ?? 0) : index % 5)) / 10;
    const shown = unit(`picture ${index} ${"x".repeat(300 + index)}`);
    const data = codec === "avc" && index % 5 === 0 ? Buffer.concat([notes(index), shown]) : shown;
    await pictures.add(new EncodedPacket(data, index % 5 === 0 ? "key" : "delta", at, 0.1), {
      decoderConfig: pictureConfig(codec),
    });
  }
  for (let index = 0; index < 100; index += 1) {
    const sample = (text: string) => new EncodedPacket(Buffer.from(text), "key", index * 0.02, 0.02);
    await noises.add(sample(`noise ${index}`), { decoderConfig: soundConfig(codec) });
    await telemetry.add(sample(`${index} ${hiddenInFilm.telemetry}`), { decoderConfig: soundConfig(codec) });
  }
}

/** An animation with what programs and people write into one, and the same without. */
export async function animationThatTells(): Promise<{ readonly shown: Buffer; readonly gif: Buffer }> {
  const shown = await animation("gif");
  const data = (text: string) =>
    Buffer.concat([Buffer.from([text.length]), Buffer.from(text), Buffer.from([0])]);
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe]), data(hiddenInFilm.note)]);
  const xmp = Buffer.concat([
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from("XMP DataXMP"),
    data(hiddenInFilm.place),
  ]);
  const start = 13 + ((shown[10] ?? 0) & 0x80 ? 3 * 2 ** (((shown[10] ?? 0) & 7) + 1) : 0);
  const end = Buffer.from(hiddenInFilm.log);
  return { shown, gif: Buffer.concat([shown.subarray(0, start), comment, xmp, shown.subarray(start), end]) };
}

function unit(text: string | Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
}

/** As camcorders write beside a picture where and when it was taken: notes of nobody's registered kind. */
function notes(index: number): Buffer {
  const text = Buffer.from(`${"u".repeat(16)}${hiddenInFilm.besidePictures}${"z".repeat(index * 20)}`);
  const size = [...new Array<number>(Math.floor(text.length / 255)).fill(255), text.length % 255];
  return unit(Buffer.concat([Buffer.from([6, 5, ...size]), text, Buffer.from([0x80])]));
}

function pictureConfig(codec: "avc" | "vp8"): VideoDecoderConfig {
  const [width, height] = [320, 192];
  const size = { codedWidth: width, codedHeight: height };
  if (codec === "vp8") return { codec: "vp8", ...size };
  return { codec: "avc1.42c01f", ...size, description: avcConfig(width, height) };
}

function soundConfig(codec: "avc" | "vp8"): AudioDecoderConfig {
  const shape = { numberOfChannels: 2, sampleRate: 48_000 };
  if (codec === "vp8") return { codec: "opus", ...shape };
  return { codec: "mp4a.40.2", ...shape, description: Buffer.from("1190", "hex") };
}

/** What phones, drones and editors add: the place, an XMP packet, what an editor left in free space, a log at the end. */
function addBoxes(film: Buffer): Buffer {
  const udta = box("udta", box("\xa9xyz", Buffer.from(`\0\x1a\x15\xc7${hiddenInFilm.place}`, "latin1")));
  const xmp = box("uuid", Buffer.from(`be7acfcb97a942e8${hiddenInFilm.note}`));
  const left = box("free", Buffer.from(hiddenInFilm.note));
  const behind = Buffer.from(`camera log: ${hiddenInFilm.log}`);
  return Buffer.concat([intoMovie(film, Buffer.concat([udta, left])), xmp, left, behind]);
}

function box(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** At the end of the `moov` box. Where it stands before the samples, it takes the place of its own tags instead. */
function intoMovie(film: Buffer, added: Buffer): Buffer {
  const start = film.indexOf("moov", 0, "latin1") - 4;
  const end = start + film.readUInt32BE(start);
  if (end !== film.length) return film;
  const grown = Buffer.concat([film, added]);
  grown.writeUInt32BE(end - start + added.length, start);
  return grown;
}
