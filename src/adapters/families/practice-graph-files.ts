import { ALL_FORMATS, FilePathSource, Input } from "mediabunny";
import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { GraphRefusal } from "./practice-graph-errors.ts";

/** @param name of the parameter that holds the address @throws GraphRefusal */
export async function fetched(url: string, name: string, network: PracticeNetwork): Promise<PracticeFile> {
  if (url === "") throw new GraphRefusal(100, `The parameter ${name} is required`);
  try {
    return await network.pull(url);
  } catch {
    throw new GraphRefusal(9004, "Only photo or video can be accepted as media type.", {
      subcode: 2207052,
      title: "Media download has failed. The media URI doesn't meet our requirements.",
      says: "The media could not be fetched from this URI",
    });
  }
}

/** In seconds; 0 where the file cannot be read as a video. */
export async function duration(file: PracticeFile): Promise<number> {
  const input = new Input({ source: new FilePathSource(file.path), formats: ALL_FORMATS });
  try {
    return await input.computeDuration();
  } catch {
    return 0;
  } finally {
    input.dispose();
  }
}
