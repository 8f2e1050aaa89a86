import type { PracticeCollection, PracticeNetwork, PracticePost } from "../../practice/kit.ts";
import type { Content } from "./api.ts";
import { membersOf, organizationsOf } from "./practice-access.ts";
import { shownLittleText } from "./practice-text.ts";

/** What LinkedIn remembers of a post beside what is shown of it. */
export interface Share {
  /** The thread below it has a URN of its own. */
  readonly activity: string;
  readonly content: Content | null;
}

export const sharesOf = (network: PracticeNetwork): PracticeCollection<Share> => network.collection("shares");
export const activitiesOf = (network: PracticeNetwork): PracticeCollection<string> =>
  network.collection("activities");

/** A post by its own URN or that of its thread. */
export function postBy(urn: string, network: PracticeNetwork): PracticePost | undefined {
  return network.post(activitiesOf(network).get(urn) ?? urn);
}

export function commentsBelow(postUrn: string, network: PracticeNetwork): PracticePost[] {
  const authors = [
    ...membersOf(network)
      .list()
      .map(([id]) => `urn:li:person:${id}`),
    ...organizationsOf(network)
      .list()
      .map(([id]) => `urn:li:organization:${id}`),
  ];
  return authors.flatMap((author) => network.posts(author)).filter(({ replyTo }) => replyTo === postUrn);
}

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api (checked 2026-11)
export function postEntity(post: PracticePost, network: PracticeNetwork): Record<string, unknown> {
  const at = Date.parse(post.createdAt);
  const { editedAt } = post.extra;
  const { content } = sharesOf(network).get(post.id) ?? {};
  return {
    id: post.id,
    author: post.accountId,
    commentary: shownLittleText(post.text),
    visibility: post.extra.visibility?.toUpperCase(),
    lifecycleState: "PUBLISHED",
    createdAt: at,
    publishedAt: at,
    lastModifiedAt: editedAt === undefined ? at : Date.parse(editedAt),
    distribution: { feedDistribution: "MAIN_FEED", thirdPartyDistributionChannels: [] },
    ...(content && { content }),
    lifecycleStateInfo: { isEditedByAuthor: editedAt !== undefined },
    isReshareDisabledByAuthor: false,
  };
}

// https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/comments-api (checked 2026-11)
export function commentEntity(comment: PracticePost, network: PracticeNetwork): Record<string, unknown> {
  const { activity = "" } = sharesOf(network).get(comment.replyTo ?? "") ?? {};
  const time = Date.parse(comment.createdAt);
  return {
    id: comment.extra.commentId,
    commentUrn: comment.id,
    actor: comment.accountId,
    object: activity,
    message: { attributes: [], text: comment.text },
    created: { actor: comment.accountId, time },
    lastModified: { actor: comment.accountId, time },
  };
}
