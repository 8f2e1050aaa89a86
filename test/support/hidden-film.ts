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

/** What a camera writes into a film beside pictures and sound; the strings stand in it as they are here. */
export const hiddenInFilm = {
  place: "+52.5200+013.4050+034.000/",
  camera: "SpyCam 3000",
  note: "Taken at the safe house",
  telemetry: "GPS (13.4050, 52.5200, 18)",
  log: "pilot: Jane Roe",
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
  const shown = [0, 4, 2, 1, 3]; // of each five, in the order they are decoded in
  for (let index = 0; index < 20; index += 1) {
    const at = (index - (index % 5) + (codec === "avc" ? (shown[index % 5] ?? 0) : index % 5)) / 10;
    const data = Buffer.from(`....picture ${index} ${"x".repeat(300 + index)}`);
    data.writeUInt32BE(data.length - 4);
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
