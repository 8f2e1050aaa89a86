import { randomBytes } from "node:crypto";
import sharp from "sharp";
import type { Stage } from "./stage.ts";

/** A picture of some two megabytes: noise cannot be made smaller. */
export async function uploadNoise(stage: Stage): Promise<{ readonly id: string; readonly bytes: number }> {
  const side = 800;
  const raw = { width: side, height: side, channels: 3 } as const;
  const bytes = await sharp(randomBytes(side * side * 3), { raw })
    .png()
    .toBuffer();
  return { id: await stage.upload(bytes, "image/png"), bytes: bytes.length };
}
