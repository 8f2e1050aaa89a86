import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { canonicalJson } from "./canonical-json.ts";

/** The same value, made in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  );
}

describe("canonical JSON", () => {
  it("is JSON of the same value", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    ));
  it("does not depend on the order in which things were made", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) =>
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value)),
      ),
    ));
  it("leaves out what is not there", () =>
    expect(canonicalJson({ b: undefined, a: [1, null] })).toBe('{"a":[1,null]}'));
});
