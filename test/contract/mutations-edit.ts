import { textWithLink } from "../../src/adapters/contract/text.ts";
import { requestEntity, type Status } from "../../src/adapters/mastodon/api.ts";
import { mastodon } from "../../src/adapters/mastodon/index.ts";
import type { Variant } from "../../src/domain/post.ts";

type Mastodon = typeof mastodon;
type Edit = NonNullable<Mastodon["edit"]>;

/** Mistakes in changing what is public. */
export const editMutations: readonly (readonly [mistake: string, seenBy: string, broken: Mastodon])[] = [
  [
    "only says that it edited",
    "changes the text where it stands, and may be repeated",
    withEdit(async () => {}),
  ],
  [
    "posts the new words beside the old ones",
    "changes the text where it stands, and may be repeated",
    withEdit(async (_externalId, { text }, call) => {
      await requestEntity<Status>(call, "/v1/statuses", json("POST", { status: text }));
    }),
  ],
  [
    "loses the files of what it edits",
    "leaves the files and their alt texts, or says that such a post cannot be edited",
    withEdit(async (externalId, variant, call) => {
      const body = json("PUT", { status: textWithLink(variant) });
      await requestEntity<Status>(call, `/v1/statuses/${externalId}`, body);
    }),
  ],
  [
    "cuts what is too long",
    "is refused by the platform where the new text is too long",
    changing((variant) => ({ ...variant, text: variant.text.slice(0, 500) })),
  ],
  [
    "leaves the link out of the new text",
    "takes the link along where it travels in the text",
    changing((variant) => ({ ...variant, link: null })),
  ],
  [
    "keeps quiet about a post that is gone",
    "says that a deleted post is gone, and makes no new one",
    withEdit((externalId, variant, call) => edit(externalId, variant, call).catch(() => {})),
  ],
  [
    "says that it can edit, and cannot",
    "have a function for what they say can be done to a post, and none for the rest",
    withoutEdit(),
  ],
];

function withEdit(changed: Edit): Mastodon {
  return { ...mastodon, edit: changed };
}

function withoutEdit(): Mastodon {
  const { edit: _left, ...others } = mastodon;
  return others;
}

function changing(change: (variant: Variant) => Variant): Mastodon {
  return withEdit((externalId, variant, call) => edit(externalId, change(variant), call));
}

async function edit(...given: Parameters<Edit>): Promise<void> {
  await mastodon.edit?.(...given);
}

function json(method: string, body: object): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
