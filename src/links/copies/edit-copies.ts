import type { ShownItem } from "../../db/shown-items.ts";
import { Refusal } from "../../domain/refusal.ts";
import { getPost } from "../../publishing/get-post.ts";
import type { World } from "../../publishing/world.ts";
import { loadSharing } from "../load-sharing.ts";
import { type Composed, compose } from "../mirror/compose.ts";
import { filesOf } from "../mirror/files-of.ts";
import { presentIds } from "../mirror/pair-up.ts";
import { whereTo } from "../mirror/where-to.ts";
import type { CopyOutcome } from "./delete-copies.ts";
import { editPublic, type Wanted } from "./edit-public.ts";
import { patchCopy } from "./patch-copy.ts";

const noLink = "No link shares it there as it is now. Change its post by hand.";

/**
 * Gives what an item became its present words: drafts and what is planned are changed here, what is public is changed
 * on the platforms that let us. Doing it again changes nothing more.
 */
export async function editCopies(world: World, workspaceId: string, item: ShownItem): Promise<CopyOutcome[]> {
  const composed = await composeAnew(world, workspaceId, item);
  const outcomes: CopyOutcome[] = [];
  for (const postId of new Set(item.copies.map((copy) => copy.postId))) {
    const copies = item.copies.filter((copy) => copy.postId === postId);
    const accounts = copies.map(({ accountId }) => accountId);
    const copy = { postId, revision: copies[0]?.ourRevision ?? 1, accounts };
    const unsent = await changeUnsent(world, workspaceId, copy, composed);
    for (const { accountId, state } of copies) {
      const wanted = wantedOf(composed, accountId);
      const isLeft = unsent === null && !wanted && !["left_out", "deleted"].includes(state);
      const reason =
        unsent === "sent"
          ? await editPublic(world, workspaceId, { postId, accountId }, wanted)
          : isLeft
            ? noLink
            : unsent;
      outcomes.push({ accountId, postId, done: reason === null, reason });
    }
  }
  return outcomes;
}

async function composeAnew(world: World, workspaceId: string, item: ShownItem): Promise<Composed[]> {
  const sources = item.accountId === null ? [] : [item.accountId];
  const sharing = await loadSharing(world.db, workspaceId, [], sources);
  const ids = presentIds(item.content.media, item.files);
  const files = await filesOf(world.db, workspaceId, item.content, ids);
  return compose(world, sharing, item, whereTo(sharing, item, true).reached, files, new Date());
}

function wantedOf(composed: readonly Composed[], accountId: string): Wanted | undefined {
  return composed
    .flatMap(({ content: { text = "", variants } }) => {
      const variant = variants[accountId];
      return variant ? [{ text, variant }] : [];
    })
    .at(0);
}

/** @returns null: it has the new words, or nobody wants it any more; a text: why it was left; `sent`: it has gone out */
async function changeUnsent(
  world: World,
  workspaceId: string,
  copy: { readonly postId: string; readonly revision: number; readonly accounts: readonly string[] },
  composed: readonly Composed[],
): Promise<string | null> {
  const [first] = composed;
  const post = await getPost(world, workspaceId, copy.postId).catch(unlessGone);
  if (!post) return null;
  if (!["draft", "scheduled"].includes(post.state)) return "sent";
  if (!first) return noLink;
  if (post.revision !== copy.revision)
    return "It was changed by hand: what is new in the original was not put over that.";
  const { variants } = post;
  const left = copy.accounts.filter((id) => post.accounts.includes(id));
  const anew = left.flatMap((id) => {
    const variant = wantedOf(composed, id)?.variant;
    return variant ? [[id, { ...variant, media: variants[id]?.media }] as const] : [];
  });
  const { text, link } = first.content;
  try {
    const content = { text, link, variants: { ...variants, ...Object.fromEntries(anew) } };
    await patchCopy(world, workspaceId, copy, { content });
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return ["already_sending", "wrong_state"].includes(error.code) ? "sent" : error.message;
  }
}

function unlessGone(error: unknown): undefined {
  if (error instanceof Refusal && error.code === "not_found") return undefined;
  throw error;
}
