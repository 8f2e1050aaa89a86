import { existsSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { adapters } from "../../src/adapters/registry.ts";
import type { PracticePlatform } from "../../src/practice/kit.ts";
import { practicePlatforms } from "../../src/practice/registry.ts";
import { adapterContract } from "./adapter-contract.ts";
import type { Refusal } from "./refusal.ts";

interface Samples {
  readonly refusals: readonly Refusal[];
  /** The same pretend platform, giving its people credentials of another kind. */
  readonly alsoLinked?: Readonly<Record<string, PracticePlatform>>;
}

// Everything in the registry is held to the contract; a new adapter needs no test of its own.
for (const practice of practicePlatforms) {
  const { platform } = practice;
  const samples = new URL(`./samples/${platform}.ts`, import.meta.url);
  const { refusals, alsoLinked = {} }: Samples = existsSync(samples)
    ? ((await import(samples.pathname)) as Samples)
    : { refusals: [] };
  describe(platform, () => adapterContract(adapters[platform], practice, refusals));
  for (const [how, other] of Object.entries(alsoLinked))
    describe(`${platform}, linked ${how}`, () => adapterContract(adapters[platform], other, refusals));
}

it("every adapter has its pretend platform, under its own name", () => {
  expect(practicePlatforms.map(({ platform }) => platform)).toEqual(Object.keys(adapters));
  for (const [platform, adapter] of Object.entries(adapters)) expect(adapter.platform).toBe(platform);
});
