import { describe, expect, it } from "@jest/globals";
import { newId } from "./ids.ts";

describe("an id", () => {
  it("says what it is of", () => expect(newId("post")).toMatch(/^post_[0-9a-hjkmnp-tv-z]{26}$/));
  it("sorts by the time it was made", () => {
    const ids = [1, 999, 1_000_000, 1_795_000_000_000, 1_795_000_000_001].map((ms) => newId("dlv", ms));
    expect(ids.toSorted()).toEqual(ids);
  });
  it("is not given twice", () => {
    expect(new Set(Array.from({ length: 10_000 }, () => newId("med", 5))).size).toBe(10_000);
  });
});
