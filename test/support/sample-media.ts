import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from "mediabunny";
import sharp from "sharp";
import { cleanMp4 } from "../../src/media/clean-mp4.ts";
import { tempFolder } from "./temp-folder.ts";

/** What a phone hides in a photograph: where it was taken, with which camera, how it was held. */
export const hiddenInPhoto = { camera: "SpyCam 3000", note: "Taken at the safe house" };

/** A real JPEG, 60 × 40 as it is stored, to be shown turned by 90°, with GPS position, camera, comment and XMP. */
export async function photoWithPosition(): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: "#246" } })
    .jpeg()
    .withMetadata({
      orientation: 6,
      exif: {
        IFD0: { Make: hiddenInPhoto.camera, ImageDescription: hiddenInPhoto.note },
        IFD3: {
          GPSLatitudeRef: "N",
          GPSLatitude: "40/1 22/1 3/1",
          GPSLongitudeRef: "E",
          GPSLongitude: "49/1 50/1 31/1",
        },
      },
    })
    .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>${hiddenInPhoto.note}</note></x:xmpmeta>`)
    .toBuffer();
}

/** A still image of one colour. */
export function plainImage(
  format: "jpeg" | "png" | "webp" | "gif",
  width = 30,
  height = 20,
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "#c33" } })
    .toFormat(format)
    .toBuffer();
}

/** Three frames of 20 × 10, 100 ms each. */
export function animation(format: "gif" | "webp"): Promise<Buffer> {
  const frames = Buffer.alloc(20 * 30 * 3).map((_, index) => (index * 7) % 256);
  return sharp(frames, { raw: { width: 20, height: 30, channels: 3, pageHeight: 10 } })
    .toFormat(format, { delay: [100, 100, 100] })
    .toBuffer();
}

/** An MP4 of one second, 320 × 180, whose ten frames hold nothing but a number. It hides nothing, and so is kept as it is. */
export async function video({ frameBytes = 64, filledWith = 0 } = {}): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const source = new EncodedVideoPacketSource("avc");
  output.addVideoTrack(source);
  await output.start();
  const meta = {
    decoderConfig: {
      codec: "avc1.42001e",
      codedWidth: 320,
      codedHeight: 180,
      description: new Uint8Array([
        1, 0x42, 0, 0x1e, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0, 0x1e, 1, 0, 4, 0x68, 0xce, 0x38, 0x80,
      ]),
    },
  };
  for (let frame = 0; frame < 10; frame += 1)
    await source.add(
      new EncodedPacket(
        new Uint8Array(frameBytes).fill(filledWith),
        frame === 0 ? "key" : "delta",
        frame / 10,
        0.1,
      ),
      meta,
    );
  await output.finalize();
  return withoutHidden(Buffer.from(target.buffer as ArrayBuffer));
}

async function withoutHidden(film: Buffer): Promise<Buffer> {
  const folder = await tempFolder();
  const [source, target] = [join(folder.path, "source"), join(folder.path, "target")];
  await writeFile(source, film);
  await cleanMp4(source, target);
  const clean = await readFile(target);
  await folder.remove();
  return clean;
}
