import { Refusal } from "../domain/refusal.ts";

/** One page of a list; `nextCursor` is null on the last. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * A page out of one row more than asked for.
 * @param keyOf the sort key of a row, from which the next page starts
 */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  keyOf: (row: R) => readonly string[],
  view: (row: R) => T,
): Page<T> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    data: rows.slice(0, limit).map(view),
    nextCursor: last === undefined ? null : encode(keyOf(last)),
  };
}

/**
 * @param shapes what each part of the key looks like
 * @throws Refusal `invalid_request` for a cursor that we did not give
 */
export function decodeCursor(
  cursor: string | undefined,
  ...shapes: readonly RegExp[]
): readonly string[] | undefined {
  if (cursor === undefined) return undefined;
  const key = parse(Buffer.from(cursor, "base64url").toString("utf8"));
  if (
    Array.isArray(key) &&
    key.length === shapes.length &&
    shapes.every((shape, i) => shape.test(String(key[i])))
  )
    return key.map(String);
  throw new Refusal("invalid_request", "The cursor is not one of ours.", {
    issues: [{ pointer: "/cursor", code: "invalid_value", message: "is not one of ours" }],
  });
}

function encode(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
