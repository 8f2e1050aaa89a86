import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathTarget,
  type InputAudioTrack,
  type InputVideoTrack,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import { withFilm } from "./with-film.ts";

/** One track on its way from the old file to the new one. */
interface Stream {
  readonly packets: AsyncGenerator<EncodedPacket, void, unknown>;
  next: EncodedPacket | undefined;
  add(packet: EncodedPacket): Promise<void>;
}

/**
 * Writes the pictures and the sound of a WebM file, as they are coded, into a new file: tags, attachments, chapters,
 * names, times and other tracks are not taken along.
 * @throws where the file is damaged
 */
export async function cleanWebm(source: string, target: string): Promise<void> {
  const output = new Output({ format: new WebMOutputFormat(), target: new FilePathTarget(target) });
  try {
    await withFilm(source, async ({ picture, sound }) => {
      const streams = [await pictureTo(output, picture), ...(sound ? [await soundTo(output, sound)] : [])];
      await output.start();
      await pour(streams);
      await output.finalize();
    });
  } catch (error) {
    await output.cancel().catch(() => undefined);
    throw error;
  }
}

async function pictureTo(output: Output, track: InputVideoTrack): Promise<Stream> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
  if (!codec || !decoderConfig) throw new Error("unknown codec");
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, { rotation: await track.getRotation() });
  return begin(track, (packet) => source.add(packet, { decoderConfig }));
}

async function soundTo(output: Output, track: InputAudioTrack): Promise<Stream> {
  const [codec, decoderConfig] = [await track.getCodec(), await track.getDecoderConfig()];
  if (!codec || !decoderConfig) throw new Error("unknown codec");
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source, { languageCode: await track.getLanguageCode() });
  return begin(track, (packet) => source.add(packet, { decoderConfig }));
}

async function begin(track: InputVideoTrack | InputAudioTrack, add: Stream["add"]): Promise<Stream> {
  const packets = new EncodedPacketSink(track).packets();
  return { packets, add, next: (await packets.next()).value ?? undefined };
}

/** Whichever is earlier goes first, so that the new file can be played while it arrives. */
async function pour(streams: readonly Stream[]): Promise<void> {
  for (;;) {
    const [first] = streams
      .filter(({ next }) => next)
      .sort((a, b) => (a.next?.timestamp ?? 0) - (b.next?.timestamp ?? 0));
    if (!first?.next) return;
    await first.add(first.next);
    first.next = (await first.packets.next()).value ?? undefined;
  }
}
