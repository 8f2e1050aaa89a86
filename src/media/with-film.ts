import {
  FilePathSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  MP4,
  QTFF,
  WEBM,
} from "mediabunny";
import { type UnitForm, unitFormOf } from "./mp4/quiet-sei.ts";

/** The tracks of a film that players show. */
export interface Film {
  readonly input: Input;
  readonly picture: InputVideoTrack;
  readonly sound: InputAudioTrack | null;
}

/** How its pictures are coded, where notes may stand beside them. */
export async function formOf(picture: InputVideoTrack): Promise<UnitForm | undefined> {
  const description = (await picture.getDecoderConfig())?.description;
  return unitFormOf(await picture.getCodec(), description && bytesOf(description));
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

/** Opens a film for as long as `work` takes. @throws where it has no picture that is known; whatever `work` throws */
export async function withFilm<T>(path: string, work: (film: Film) => Promise<T>): Promise<T> {
  const source = new FilePathSource(path, { handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [MP4, QTFF, WEBM] });
  try {
    const picture = await input.getPrimaryVideoTrack();
    if (!picture || (await picture.getCodec()) === null) throw new Error("no picture we know");
    return await work({ input, picture, sound: await input.getPrimaryAudioTrack() });
  } finally {
    input.dispose();
  }
}
