import { createHash } from "node:crypto";
import { PublishError } from "../../adapters/contract/publish-error.ts";
import { findPublicCopy, noteEdited, type PublicCopy } from "../../db/copies.ts";
import { canonicalJson } from "../../domain/canonical-json.ts";
import { newId } from "../../domain/ids.ts";
import type { Variant } from "../../domain/post.ts";
import { accountCall } from "../../publishing/account-call.ts";
import type { VariantInput } from "../../publishing/post-content.ts";
import type { World } from "../../publishing/world.ts";

const timeoutMs = 30_000;

export interface Wanted {
  /** Of the post as a whole. */
  readonly text: string;
  readonly variant: VariantInput;
}

/**
 * Gives a public copy other words on its platform. Editing to what is there already is no error there, so a crash before
 * that is written down here is none either.
 * @returns null: it has them; else why not, and what to do
 */
export async function editPublic(
  world: World,
  workspaceId: string,
  { postId, accountId }: { readonly postId: string; readonly accountId: string },
  wanted: Wanted | undefined,
): Promise<string | null> {
  const copy = await findPublicCopy(world.db, workspaceId, postId, accountId);
  if (!copy) return "It is not public there. Look at its post.";
  const { displayName } = world.adapters[copy.platform];
  const byHand = `Please change it on ${displayName} by hand${copy.externalUrl ? `: ${copy.externalUrl}` : "."}`;
  if (!wanted) return `No link leads there any more. ${byHand}`;
  const variant = withWords(copy.variant, wanted.variant);
  try {
    const problem = await editThere(world, workspaceId, copy, variant);
    if (problem) return `${problem}. ${byHand}`;
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return `${error.message.replace(/\.$/, "")}. ${byHand}`;
  }
  const payloadHash = createHash("sha256").update(canonicalJson(variant)).digest("hex");
  const { text, link, options } = wanted.variant;
  const words = { text: wanted.text, variant: { text, link, options } };
  const noted = { id: newId("var"), postId, content: variant, payloadHash };
  await noteEdited(world.db, workspaceId, copy, noted, words);
  return null;
}

/** @returns why it cannot be tried at all */
async function editThere(
  world: World,
  workspaceId: string,
  { platform, externalId, account }: PublicCopy,
  variant: Variant,
): Promise<string | undefined> {
  const { edit, displayName } = world.adapters[platform];
  if (!edit) return `${displayName} lets nobody but people change posts`;
  if (externalId === null) return "We do not know its id there";
  if (!account) return "The account was disconnected";
  const call = await accountCall(world, { workspaceId, platform, account }, AbortSignal.timeout(timeoutMs));
  await edit(externalId, variant, call);
  return undefined;
}

function withWords(variant: Variant, { text = variant.text, link, options = {} }: VariantInput): Variant {
  return {
    ...variant,
    text,
    link: link === undefined ? variant.link : link,
    options: { ...variant.options, ...options },
  };
}
