import { PublishError } from "../contract/publish-error.ts";

/** Code 24 is what containers answer, 100/33 everything else. */
const goneCodes = /^(100\/33|24(\/\d+)?)$/;

/** The platform has no such thing, any more, or not for us: it does not tell these apart. */
export function isGone(error: unknown): error is PublishError {
  return error instanceof PublishError && isGoneCode(error.detail);
}

export function isGoneCode({ code = "" }: PublishError["detail"]): boolean {
  return goneCodes.test(code);
}

/**
 * What was read, or undefined where it is gone.
 * @throws whatever else the read throws
 */
export async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
