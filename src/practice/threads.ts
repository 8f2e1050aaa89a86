import type { PracticePost } from "./kit.ts";

export interface Threads {
  /** Posts that answer nothing that is still there, newest first. */
  readonly roots: readonly PracticePost[];
  /** Everything below a post, each answer under what it answers, oldest first. */
  below(post: PracticePost): readonly PracticePost[];
  /** What a post answers, from the root down. */
  ancestors(post: PracticePost): readonly PracticePost[];
}

/** @param posts oldest first; a post never answers a later one */
export function threads(posts: readonly PracticePost[]): Threads {
  const byId = new Map(posts.map((post) => [post.id, post]));
  const answers = new Map<string, PracticePost[]>();
  const roots: PracticePost[] = [];
  for (const post of posts) {
    const parent = post.replyTo === null ? undefined : byId.get(post.replyTo);
    if (!parent) {
      roots.push(post);
      continue;
    }
    const siblings = answers.get(parent.id) ?? [];
    siblings.push(post);
    answers.set(parent.id, siblings);
  }
  const below = (post: PracticePost): PracticePost[] =>
    (answers.get(post.id) ?? []).flatMap((answer) => [answer, ...below(answer)]);
  const ancestors = (post: PracticePost): PracticePost[] => {
    const parent = post.replyTo === null ? undefined : byId.get(post.replyTo);
    return parent ? [...ancestors(parent), parent] : [];
  };
  return { roots: roots.reverse(), below, ancestors };
}
