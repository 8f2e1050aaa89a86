import { diffWordsWithSpace } from "diff";
import type { LinkRow } from "../db/links.ts";
import type { Platform } from "../domain/platform.ts";
import { checkTarget } from "../publishing/check-target.ts";
import { expandPost, type Target } from "../publishing/expand-post.ts";
import type { World } from "../publishing/world.ts";
import { loadSharing } from "./load-sharing.ts";
import { type Note, unseenFile } from "./mirror/adapt.ts";
import { compose } from "./mirror/compose.ts";
import { peekSource } from "./mirror/peek-source.ts";
import { type Shareable, whereTo } from "./mirror/where-to.ts";
import { requireLink } from "./require-link.ts";
import { notSharedWords, type Sharing } from "./sharing.ts";

/** What one post at the source would become. Files are not fetched for this: those on the web are taken to be common ones. */
export interface ItemPreview {
  readonly externalUrl: string;
  readonly text: string;
  readonly media: readonly { readonly kind: string; readonly altText: string }[];
  readonly createdAt: string;
  /** Null: the link shares it. */
  readonly notShared: { readonly code: string; readonly message: string } | null;
  readonly targets: readonly TargetPreview[];
}

export interface TargetPreview {
  readonly accountId: string;
  readonly platform: Platform;
  /** False: it cannot go there; `issues` says why. */
  readonly ok: boolean;
  readonly text: string;
  readonly link: string | null;
  readonly media: readonly { readonly kind: string; readonly altText: string }[];
  /** From the original's text to this one. */
  readonly differences: readonly { readonly kind: "same" | "added" | "removed"; readonly text: string }[];
  /** What does not come through whole. */
  readonly lost: readonly { readonly code: string; readonly message: string }[];
  readonly issues: readonly { readonly code: string; readonly message: string }[];
}

const howMany = 5;

/**
 * What the last five posts at a link's source would become on each of its targets, also while it is paused. Writes nothing.
 * @throws Refusal `not_found`; `platform_unavailable`, `feed_refused` where the source cannot be read now
 */
export async function previewLink(world: World, workspaceId: string, linkId: string): Promise<ItemPreview[]> {
  const row = await requireLink(world.db, workspaceId, linkId);
  const link: LinkRow = { ...row, mirror: true, mirrorsSince: new Date(0), backSince: [] };
  const items = await peekSource(world, workspaceId, link.source);
  const sources = items.flatMap(({ accountId }) => accountId ?? []);
  const sharing = await loadSharing(world.db, workspaceId, [], [...sources, ...link.targets]);
  return items.slice(0, howMany).map((item) => previewItem(world, { ...sharing, links: [link] }, item));
}

function previewItem(world: World, sharing: Sharing, item: Shareable): ItemPreview {
  const { reached, why } = whereTo(sharing, item);
  const { text, media } = item.content;
  const files = media.map((file, index) => unseenFile(`file-${index}`, file));
  const composed = compose(world, sharing, item, reached, files, new Date());
  const known = new Map(files.map((file) => [file.id, file]));
  const targets = composed.flatMap(({ content, notes }) => {
    const accounts = content.accounts.flatMap((id) => sharing.accounts.get(id) ?? []);
    return expandPost(content, accounts, known, world.adapters).map((target) =>
      previewTarget(
        target,
        text,
        notes.filter(({ accountId }) => accountId === target.account.id),
      ),
    );
  });
  return {
    externalUrl: item.url,
    text,
    media: media.map(({ kind, altText }) => ({ kind, altText })),
    createdAt: item.createdAt.toISOString(),
    notShared: why === null || reached.length > 0 ? null : { code: why, message: whyInWords(why) },
    targets,
  };
}

function previewTarget(target: Target, original: string, notes: readonly Note[]): TargetPreview {
  const { account, parts } = target;
  const { text = "", link = null, media = [] } = parts[0]?.variant ?? {};
  const issues = checkTarget(target, true).errors.map(({ code, message }) => ({ code, message }));
  return {
    accountId: account.id,
    platform: account.platform,
    ok: issues.length === 0,
    text,
    link,
    media: media.map(({ kind, altText }) => ({ kind, altText })),
    differences: differences(original, text),
    lost: notes.map(({ code, message }) => ({ code, message })),
    issues,
  };
}

function whyInWords(why: Exclude<ReturnType<typeof whereTo>["why"], null>): string {
  return why === "link_younger" ? "it is older than the link" : notSharedWords[why];
}

const longestCompared = 5000; // comparing takes the square of it

function differences(before: string, after: string): TargetPreview["differences"] {
  if (before.length > longestCompared) return [{ kind: "added", text: after }];
  return diffWordsWithSpace(before, after).map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}
