import { Refusal } from "../domain/refusal.ts";
import { resolveDueAt } from "../publishing/due-at.ts";
import type { PostInput } from "../publishing/schedule-post.ts";
import type { World } from "../publishing/world.ts";
import { loadSharing } from "./load-sharing.ts";
import { shareAlong } from "./share-along.ts";
import type { Sharing } from "./sharing.ts";

export interface LinkedInput extends PostInput {
  /** The account whose links say where else it goes; null: only where `accounts` say. */
  readonly linkedFrom: string | null;
}

/**
 * Posts with the accounts that they reach along links, each in its variant.
 * @returns one for each, in the same order; what cannot be shared is refused by itself
 */
export async function alongLinks(
  world: Pick<World, "db" | "adapters">,
  workspaceId: string,
  inputs: readonly (LinkedInput | Refusal)[],
): Promise<(PostInput | Refusal)[]> {
  const linked = inputs.filter(
    (input) => !(input instanceof Refusal) && input.linkedFrom !== null,
  ) as LinkedInput[];
  if (linked.length === 0) return [...inputs];
  const contents = linked.map(({ content }) => content);
  const sources = linked.map(({ linkedFrom }) => linkedFrom as string);
  const sharing = await loadSharing(world.db, workspaceId, contents, sources);
  return inputs.map((input) => (input instanceof Refusal ? input : share(world, sharing, input)));
}

/** The same for one. @throws Refusal `unknown_account`, `account_disconnected` */
export async function alongItsLinks(
  world: Pick<World, "db" | "adapters">,
  workspaceId: string,
  input: LinkedInput,
): Promise<PostInput> {
  const [shared = input] = await alongLinks(world, workspaceId, [input]);
  if (shared instanceof Refusal) throw shared;
  return shared;
}

function share(
  world: Pick<World, "adapters">,
  sharing: Sharing,
  { linkedFrom, ...input }: LinkedInput,
): PostInput | Refusal {
  if (linkedFrom === null) return input;
  try {
    const now = new Date();
    const at = input.dueAt === null ? now : resolveDueAt(input.dueAt, now).at;
    return { ...input, ...shareAlong(world, sharing, input.content, linkedFrom, at) };
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
