import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mastodon } from "../../src/adapters/mastodon/index.ts";
import { practice } from "../../src/adapters/mastodon/practice.ts";
import { checksFor, runCheck } from "./adapter-contract.ts";
import { mutations } from "./mutations.ts";
import { editMutations } from "./mutations-edit.ts";
import { recentMutations } from "./mutations-recent.ts";
import { refusals } from "./samples/mastodon.ts";
import { type AnyAdapter, openWorld, type World } from "./world.ts";

describe("the contract suite", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(mastodon, practice);
  });
  afterAll(() => world.close());

  it("passes the adapter the mistakes are planted in", async () => {
    expect(await failing(mastodon)).toEqual([]);
  });

  it.each([...mutations, ...recentMutations, ...editMutations])(
    "catches an adapter that %s",
    async (_mistake, seenBy, broken) => {
      expect(await failing(broken, seenBy)).toEqual([seenBy]);
    },
  );

  /** The names of the checks that fail. */
  async function failing(adapter: AnyAdapter, only?: string): Promise<string[]> {
    const checks = checksFor(adapter, refusals).filter(({ name }) => only === undefined || name === only);
    const failed = new Set<string>();
    for (const check of checks)
      await runCheck(check, { ...world, adapter }).catch(() => failed.add(check.name));
    return [...failed];
  }
});
