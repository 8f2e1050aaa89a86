import { type EncodedPacket, EncodedPacketSink } from "mediabunny";
import { quietSample } from "./mp4/quiet-pictures.ts";
import type { UnitForm } from "./mp4/quiet-sei.ts";
import { type Film, formOf, withFilm } from "./with-film.ts";

/**
 * Reads both to the end, with a parser that had no part in making one of the other, and compares every packet. Only the
 * notes beside the pictures may differ, as they are quieted.
 * @throws where a picture or a sound is not the same, or at another time
 */
export async function requireSameFilm(one: string, other: string): Promise<void> {
  await withFilm(one, (before) =>
    withFilm(other, async (after) => {
      await requireSame(before.picture, after.picture, await formOf(before.picture));
      if (before.sound && after.sound) await requireSame(before.sound, after.sound);
      else if (before.sound ?? after.sound) throw new Error("the sound is gone");
    }),
  );
}

type Track = Film["picture"] | NonNullable<Film["sound"]>;

async function requireSame(before: Track, after: Track, form?: UnitForm): Promise<void> {
  const rest = new EncodedPacketSink(after).packets();
  for await (const packet of new EncodedPacketSink(before).packets()) {
    const { value } = await rest.next();
    if (!value || !isSame(packet, value, form)) throw new Error("a packet is not the same");
  }
  if (!(await rest.next()).done) throw new Error("there are more packets");
}

function isSame(one: EncodedPacket, other: EncodedPacket, form: UnitForm | undefined): boolean {
  if (one.timestamp !== other.timestamp || one.duration !== other.duration || one.type !== other.type)
    return false;
  const before = Buffer.from(one.data);
  if (form) quietSample(before, form);
  return before.equals(other.data);
}
