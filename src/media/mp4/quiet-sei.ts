/** Codecs whose pictures are rows of units with their length before them. */
export type UnitCodec = "avc" | "hevc";

export interface UnitForm {
  readonly codec: UnitCodec;
  /** Of the length before each unit. */
  readonly lengthBytes: number;
}

/** @param description the codec's configuration record, avcC or hvcC. ISO/IEC 14496-15 */
export function unitFormOf(codec: string | null, description: Uint8Array | undefined): UnitForm | undefined {
  if ((codec !== "avc" && codec !== "hevc") || !description) return undefined;
  const flags = description[codec === "avc" ? 4 : 21];
  return flags === undefined ? undefined : { codec, lengthBytes: (flags & 3) + 1 };
}

/** Notes beside the pictures. ITU-T H.264, 7.4.1; H.265, 7.4.2.2 */
export function isNotes(first: number, codec: UnitCodec): boolean {
  return codec === "avc" ? (first & 31) === 6 : [39, 40].includes((first >> 1) & 63);
}

const unregistered = 5; // anybody's: camcorders write position and time there, encoders their settings
const filler = 3;

/** Fills notes that say what only their maker knows with what says nothing, of the same length. @param unit one of notes */
export function quietSei(unit: Buffer, codec: UnitCodec): void {
  const body = unit.subarray(codec === "avc" ? 1 : 2);
  if (!typesIn(body).includes(unregistered)) return;
  const size = fillerSize(body.length);
  const head = [filler, ...new Array<number>(Math.floor(size / 255)).fill(255), size % 255];
  body.fill(0xff);
  body.set(head);
  body[body.length - 1] = 0x80;
  if (head.length + size + 1 < body.length) body.set([filler, 0], body.length - 3); // it does not come out even otherwise
}

/** How long one filling message may be so that it, its head and the end mark fit, with nothing or two bytes left. */
function fillerSize(length: number): number {
  const left = (size: number) => length - (2 + Math.floor(size / 255) + size + 1);
  let size = length;
  while (size > 0 && left(size) !== 0 && left(size) !== 2) size--;
  return size;
}

function typesIn(body: Buffer): number[] {
  const bytes = withoutEscapes(body);
  const types: number[] = [];
  let at = 0;
  const number = () => {
    let value = 0;
    while (bytes[at] === 255) value += bytes[at++] ?? 0;
    return value + (bytes[at++] ?? 0);
  };
  while (at + 2 < bytes.length) {
    types.push(number());
    at += number();
  }
  return types;
}

/** A 3 after two zeros is no content. */
function withoutEscapes(body: Buffer): number[] {
  const bytes: number[] = [];
  for (const byte of body) if (byte !== 3 || bytes.at(-1) !== 0 || bytes.at(-2) !== 0) bytes.push(byte);
  return bytes;
}
