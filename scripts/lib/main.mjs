import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A reason to stop that is told in one sentence, without a stack. */
export class Failure extends Error {}

/** Runs a script's work; what it returns is the exit code. */
export async function main(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}
