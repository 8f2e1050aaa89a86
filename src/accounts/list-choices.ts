import { z } from "zod";
import type { Choice } from "../adapters/contract/adapter.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { findAccount } from "../db/accounts.ts";
import { findGrantOf } from "../db/grants.ts";
import type { Options } from "../domain/post.ts";
import { Refusal } from "../domain/refusal.ts";
import { type CallWorld, callFor } from "./call.ts";
import type { OAuthWorld } from "./oauth/find-app.ts";

const timeoutMs = 15_000;

// What a platform lists is shown to people: it is checked like any other stranger's input.
const choices = z.array(z.object({ value: z.string().min(1).max(500), label: z.string().max(500) }));

/**
 * What a person may choose for an option whose values live at the platform: an account's boards, playlists, flairs.
 * @param given the options chosen so far
 * @throws Refusal `not_found`, `paused`, `platform_unavailable`
 */
export async function listChoices(
  world: OAuthWorld & CallWorld,
  workspaceId: string,
  accountId: string,
  option: string,
  given: Options,
): Promise<readonly Choice[]> {
  const account = await findAccount(world.db, workspaceId, accountId);
  const grant = account && (await findGrantOf(world.db, workspaceId, accountId));
  if (!account || !grant || account.state === "disconnected")
    throw new Refusal("not_found", "There is no such account.");
  const { choices: list, capabilities, displayName } = world.adapters[account.platform];
  const rule = capabilities.options.find(({ name }) => name === option);
  if (!list || !rule?.choices)
    throw new Refusal("not_found", `${displayName} has no list of values for ${option}.`);
  const target = { ...account, grantId: grant.id, grantVersion: grant.version };
  try {
    const call = await callFor(world, target, AbortSignal.timeout(timeoutMs));
    return choices.parse(await list(option, given, call));
  } catch (error) {
    const message =
      error instanceof PublishError ? error.message : `${displayName} gave an answer we do not understand`;
    throw new Refusal("platform_unavailable", `${message}.`);
  }
}
