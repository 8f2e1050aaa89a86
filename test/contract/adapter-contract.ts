import { afterAll, beforeAll, describe, it } from "@jest/globals";
import type { PracticePlatform } from "../../src/practice/kit.ts";
import type { Check } from "./check.ts";
import { afterChecks } from "./checks-after.ts";
import { capabilityChecks } from "./checks-capabilities.ts";
import { editChecks } from "./checks-edit.ts";
import { failureChecks } from "./checks-failures.ts";
import { mediaChecks } from "./checks-media.ts";
import { publishChecks } from "./checks-publish.ts";
import { recentChecks } from "./checks-recent.ts";
import { reconcileChecks } from "./checks-reconcile.ts";
import type { Refusal } from "./refusal.ts";
import { type AnyAdapter, openWorld, type World } from "./world.ts";

/** What every adapter must do, as tests. Groups are left out by what `capabilities` declares, never by name. */
export function adapterContract(
  adapter: AnyAdapter,
  practice: PracticePlatform,
  refusals: readonly Refusal[],
): void {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(adapter, practice);
  });
  afterAll(() => world.close());
  const checks = checksFor(adapter, refusals);
  for (const group of new Set(checks.map((check) => check.group)))
    describe(group, () => {
      for (const check of checks.filter((each) => each.group === group))
        it(check.name, () => runCheck(check, world));
    });
}

/** Every check that applies to this adapter. */
export function checksFor(adapter: AnyAdapter, refusals: readonly Refusal[]): Check[] {
  return [
    ...capabilityChecks(adapter),
    ...publishChecks(),
    ...mediaChecks(adapter),
    ...failureChecks(refusals),
    ...reconcileChecks(adapter),
    ...afterChecks(adapter),
    ...editChecks(adapter),
    ...recentChecks(adapter),
  ];
}

/**
 * One check, in a world without faults left over from another.
 * @throws what the check throws, and what broke inside the practice network meanwhile
 */
export async function runCheck(check: Check, world: World): Promise<void> {
  world.calm();
  const failuresBefore = world.failures.length;
  try {
    await check.run(world);
  } finally {
    world.calm();
  }
  const [failure] = world.failures.slice(failuresBefore);
  if (failure) throw failure;
}
