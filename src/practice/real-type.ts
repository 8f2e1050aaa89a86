import { fileTypeFromFile } from "file-type";
import type { PracticeFile } from "./kit.ts";

/** The media type a file's bytes say it has, whatever the upload claims; undefined where they say nothing. */
export async function realType(file: PracticeFile): Promise<string | undefined> {
  return (await fileTypeFromFile(file.path))?.mime;
}
