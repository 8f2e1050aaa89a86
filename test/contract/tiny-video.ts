import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from "mediabunny";

const formats = {
  "video/mp4": () => new Mp4OutputFormat(),
  "video/quicktime": () => new MovOutputFormat(),
  "video/webm": () => new WebMOutputFormat(),
};
type VideoType = keyof typeof formats;

export function isVideoType(type: string): type is VideoType {
  return type in formats;
}

/** A well-formed video of less than a kilobyte, one (empty) picture a second; width and height in multiples of 16. */
export async function tinyVideo(
  type: VideoType,
  { width, height, seconds }: { width: number; height: number; seconds: number },
): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({ format: formats[type](), target });
  const codec = type === "video/webm" ? "vp8" : "avc";
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, { frameRate: 1 });
  await output.start();
  const decoderConfig: VideoDecoderConfig = {
    codec: codec === "avc" ? "avc1.42c01f" : "vp8",
    codedWidth: width,
    codedHeight: height,
    ...(codec === "avc" && { description: avcConfig(width, height) }),
  };
  const picture = new Uint8Array([0, 0, 0, 2, 0x65, 0x88]);
  for (let second = 0; second < seconds; second++)
    await source.add(
      new EncodedPacket(picture, "key", second, 1),
      second === 0 ? { decoderConfig } : undefined,
    );
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

/** The decoder's configuration record: baseline profile, one sequence and one picture parameter set; sides in multiples of 16. */
export function avcConfig(width: number, height: number): Uint8Array {
  const set = `11${"011"}10${golomb(width / 16 - 1)}${golomb(height / 16 - 1)}11001`;
  const sps = [0x67, 0x42, 0xc0, 0x1f, ...bytes(set)];
  const pps = [0x68, 0xce, 0x38, 0x80];
  return new Uint8Array([1, 0x42, 0xc0, 0x1f, 0xff, 0xe1, 0, sps.length, ...sps, 1, 0, pps.length, ...pps]);
}

function golomb(value: number): string {
  const bits = (value + 1).toString(2);
  return "0".repeat(bits.length - 1) + bits;
}

function bytes(bits: string): number[] {
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
}
