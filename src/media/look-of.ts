import sharp from "sharp";

// One column more than bits in a row: each bit tells whether a spot is brighter than the one left of it.
const columns = 9;
const rows = 8;

/**
 * What a picture looks like, roughly: the same after it was scaled or compressed anew, which platforms do.
 * @returns 64 bits in hex (a difference hash); of an animation its first frame
 */
export async function lookOf(path: string): Promise<string> {
  const spots = await sharp(path, { limitInputPixels: false })
    .greyscale()
    .resize(columns, rows, { fit: "fill" })
    .raw()
    .toBuffer();
  let bits = 0n;
  for (let row = 0; row < rows; row++)
    for (let column = 1; column < columns; column++) {
      const at = row * columns + column;
      bits = (bits << 1n) | ((spots[at] ?? 0) > (spots[at - 1] ?? 0) ? 1n : 0n);
    }
  return bits.toString(16).padStart(16, "0");
}
