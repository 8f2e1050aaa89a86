import { expect, it } from "@jest/globals";
import { comparable } from "./comparable.ts";

it.each([
  [`"It's" 5x5 -- so... :)`, "“It’s” 5×5 – so… 🙂"],
  ["Ünïcode  ماء\n2", "Ünïcode ماء 2"],
])("%s is the same as %s to us", (sent, shown) => {
  expect(comparable(sent)).toBe(comparable(shown));
});
