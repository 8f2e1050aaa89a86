import type { Push } from "../contract/push.ts";

/** https://developers.facebook.com/docs/graph-api/webhooks/reference/page (checked 2026-11), as far as we use it */
interface Notice {
  readonly object?: unknown;
  readonly entry?: readonly (Entry | null)[];
}
interface Entry {
  readonly id?: unknown;
  readonly changes?: readonly ({ readonly field?: unknown; readonly value?: Change | null } | null)[];
}
interface Change {
  readonly item?: unknown;
}

/** What other people do below a post. The field tells of it too, and a post that many like must not be read so often. */
const answers: readonly unknown[] = ["comment", "reaction", "like"];

/**
 * Meta calls when something changes on a page that the app is subscribed to.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started (checked 2026-11)
 */
export const push: Push = {
  webhook: {
    signatureHeader: "x-hub-signature-256",
    accountsIn(body) {
      const { object, entry } = (body ?? {}) as Notice;
      if (object !== "page" || !Array.isArray(entry)) return [];
      const pages = (entry as NonNullable<Notice["entry"]>).filter(isOfPosts).map((one) => String(one?.id));
      return [...new Set(pages)].filter((id) => /^\d{1,30}$/.test(id));
    },
  },
};

function isOfPosts(entry: Entry | null): boolean {
  const changes = entry?.changes;
  if (!Array.isArray(changes)) return false;
  return (changes as NonNullable<Entry["changes"]>).some(
    (change) => change?.field === "feed" && !answers.includes(change.value?.item),
  );
}
