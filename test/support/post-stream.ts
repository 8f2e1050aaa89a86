import type { ComposedApi } from "./composed-api.ts";

/** The accounts of somebody who posts. */
export interface Person {
  readonly x: string;
  readonly mastodon: string;
}

export interface PostStream {
  /** Posts so far, each on two platforms. */
  count(): number;
  /** Each request that was not answered as it should be. */
  readonly troubles: readonly string[];
  stop(): Promise<void>;
}

const everyMs = 700; // a slow machine takes minutes, and X takes 100 per account in a quarter of an hour;

/** Somebody posts all the time, in turn, due now and due in a moment. @param people may grow meanwhile */
export function startPostStream(call: ComposedApi["call"], people: readonly Person[]): PostStream {
  const troubles: string[] = [];
  const asked: Promise<void>[] = [];
  let count = 0;
  const post = async (n: number, { x, mastodon }: Person) => {
    const dueAt = n % 2 === 0 ? "now" : new Date(Date.now() + 3000).toISOString();
    const made = await call("POST", "/v1/posts", { text: `Post ${n}`, accounts: [x, mastodon], dueAt });
    const seen = await call("GET", `/v1/posts/${made.json.id}`);
    for (const { status, text } of [made, seen]) if (status > 201) troubles.push(`${status} ${text}`);
  };
  const timer = setInterval(() => {
    const person = people[count % people.length];
    if (person) asked.push(post(count++, person).catch((error) => void troubles.push(String(error))));
  }, everyMs);
  return {
    count: () => count,
    troubles,
    async stop() {
      clearInterval(timer);
      await Promise.all(asked);
    },
  };
}
