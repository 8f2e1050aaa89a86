import sharp from "sharp";
import type { PracticeFile, PracticeNetwork, PracticePost, PracticeReply } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import { invalid, problem } from "./practice-replies.ts";
import { isSameShape } from "./rules.ts";

const types = ["image/jpeg", "image/png"];
const maxBytes = 20_000_000;
// What is looked for, not what is allowed, repeated: over 27 million characters that one overflows the stack of a
// process that has compiled many other patterns.
const notBase64 = /[^a-zA-Z0-9+/=]/;

type Media = PracticePost["media"];

/** @returns the pictures of a Pin's base64, kept; or what is wrong with them */
export async function picturesFrom(
  items: readonly unknown[],
  altText: string,
  network: PracticeNetwork,
): Promise<Media | PracticeReply> {
  const found: PracticeFile[] = [];
  for (const item of items) {
    const file = await pictureFrom(item, network);
    if ("status" in file) return file;
    found.push(file);
  }
  if (!(await areAlike(found)))
    return problem(400, 1, "All images in a carousel must have the same aspect ratio");
  const urls = await Promise.all(found.map((file) => network.keep(file)));
  return urls.map((url, index) => ({ url, kind: "image", altText: index === 0 ? altText : "" }));
}

async function pictureFrom(item: unknown, network: PracticeNetwork): Promise<PracticeFile | PracticeReply> {
  const { content_type: type, data } = (item ?? {}) as { content_type?: unknown; data?: unknown };
  if (typeof type !== "string" || !types.includes(type))
    return invalid(`${JSON.stringify(type)} is not one of ['image/jpeg', 'image/png']`);
  if (typeof data !== "string" || data === "" || notBase64.test(data))
    return invalid("data does not match '^[a-zA-Z0-9+/=]+$'");
  const file = await network.file(Buffer.from(data, "base64"), type);
  const real = await realType(file);
  if (real === undefined || !types.includes(real))
    return problem(400, 1, "The format of the image is not supported.");
  if (file.bytes > maxBytes) return problem(400, 1, "The image is larger than 20MB.");
  return { ...file, mimeType: real };
}

async function areAlike([first, ...others]: readonly PracticeFile[]): Promise<boolean> {
  if (!first || others.length === 0) return true;
  const shape = await sharp(first.path).metadata();
  const shapes = await Promise.all(others.map((file) => sharp(file.path).metadata()));
  return shapes.every((other) => isSameShape(shape, other));
}
