import { isDeepStrictEqual } from "node:util";
import { Agent } from "undici";
import type {
  Adapter,
  Fetch,
  PrepareCall,
  Prepared,
  PublishCall,
  Question,
} from "../../src/adapters/contract/adapter.ts";
import { commit } from "../../src/adapters/contract/commit.ts";
import type { Variant } from "../../src/domain/post.ts";
import { createGuardedFetch, type GuardedFetch } from "../../src/outbound/guarded-fetch.ts";
import { leanFetch } from "../../src/outbound/lean-fetch.ts";
import type { PracticeIdentity, PracticePlatform, PracticePost } from "../../src/practice/kit.ts";
import { type PracticeServer, startPracticeNetwork } from "../../src/practice/server.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { type MediaShelf, openMediaShelf } from "./media-shelf.ts";
import { openWire, type Wire } from "./wire.ts";

export type AnyAdapter = Adapter<never>;
export type AnyCall = PublishCall<never> & PrepareCall<never>;

/** One adapter, the practice network it talks to over real HTTP, and a clock that both follow. */
export interface World {
  readonly adapter: AnyAdapter;
  readonly practice: PracticeServer;
  readonly wire: Wire;
  readonly shelf: MediaShelf;
  /** As in production, for what `realFetch` cannot. */
  readonly guarded: GuardedFetch;
  readonly clock: Clock;
  /** Whether the platform says when to come back: some never do. */
  readonly namesResetTime: boolean;
  /** What broke inside the practice network itself. */
  readonly failures: readonly Error[];
  /** A new identity with a token of its own. */
  actor(): Actor;
  /** No fault, no cut, an empty record of requests. */
  calm(): void;
  close(): Promise<void>;
}

export interface Clock {
  now(): Date;
  advance(ms: number): void;
}

export interface Actor {
  readonly identity: PracticeIdentity;
  /** How often the adapter called `commit`. */
  readonly commits: () => number;
  /** What is public of this identity, oldest first. */
  posts(): readonly PracticePost[];
  call(changes?: Partial<AnyCall>, fence?: () => Promise<void>): AnyCall;
  question(variant: Variant, changes?: Partial<Question>): Question;
}

export async function openWorld(adapter: AnyAdapter, platform: PracticePlatform): Promise<World> {
  const folder = await tempFolder();
  const failures: Error[] = [];
  const clock = openClock();
  const [wire, shelf] = await Promise.all([openWire(), openMediaShelf(folder.path)]);
  const practice = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [platform],
    publicUrl: wire.url,
    now: clock.now,
    log: (message, error) => failures.push(new Error(message, { cause: error })),
  });
  wire.targetPort = practice.port;
  const guarded = createGuardedFetch({ allowedOrigins: [wire.url], allowedPrivateHosts: [] });
  let count = 0;
  const world: World = {
    adapter,
    practice,
    wire,
    shelf,
    guarded,
    clock,
    namesResetTime: !isDeepStrictEqual(
      platform.rateLimited(null, clock.now()),
      platform.rateLimited(new Date(clock.now().getTime() + 60_000), clock.now()),
    ),
    failures,
    actor: () => actor(world, `organisation_${++count}`),
    calm() {
      practice.setFault(adapter.platform, null);
      Object.assign(wire, { sending: false, refusal: undefined, cutOthers: false });
      wire.requests.length = 0;
    },
    async close() {
      wire.close();
      shelf.close();
      await Promise.all([practice.close(), guarded.close()]);
      await folder.remove();
    },
  };
  return world;
}

const lean = leanFetch(new Agent(), {
  maxAnswerBytes: 10_000_000,
  timeoutMs: 60_000,
  silenceMs: 30_000,
  slowestBytesPerSecond: 125_000,
});

/** As in production. Jest gives modules an Error of their own, which Node's errors are not instances of. */
const realFetch: Fetch = async (url, init) => {
  try {
    return await lean(url, init);
  } catch (error) {
    throw ofThisRealm(error);
  }
};

function ofThisRealm(error: unknown): unknown {
  if (error === null || typeof error !== "object" || !("message" in error)) return error;
  const { name, message, code, cause } = error as NodeJS.ErrnoException;
  const copy = new Error(message, cause === undefined ? {} : { cause: ofThisRealm(cause) });
  return Object.assign(copy, { name }, code !== undefined && { code });
}

function openClock(): Clock {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    advance: (ms) => {
      aheadMs += ms;
    },
  };
}

function actor({ adapter, practice, wire, shelf, guarded, clock }: World, handle: string): Actor {
  const identity = practice.register(adapter.platform, handle);
  const { externalId } = identity;
  const baseUrl = `${wire.url}/${adapter.platform}`;
  let commits = 0;
  return {
    identity,
    commits: () => commits,
    posts: () => practice.posts(adapter.platform).filter((post) => post.accountId === externalId),
    call: (changes, fence = async () => {}) => ({
      credentials: identity.credentials as never,
      account: { externalId, handle: identity.handle },
      baseUrl: { api: baseUrl, web: baseUrl, ...(adapter.hosts.upload && { upload: baseUrl }) },
      fetch: realFetch,
      firstMessage: (url, timeoutMs) =>
        guarded.firstMessage(url, timeoutMs, changes?.signal ?? AbortSignal.timeout(20_000)),
      now: clock.now,
      signal: AbortSignal.timeout(20_000),
      media: shelf.access,
      deliveryKey: `delivery of ${handle}`,
      commit: (send) => {
        commits++;
        return commit(fence, async () => {
          wire.sending = true;
          try {
            return await send();
          } finally {
            wire.sending = false;
          }
        });
      },
      ...changes,
    }),
    question: (variant, changes) => ({
      deliveryKey: `delivery of ${handle}`,
      variant,
      sentAt: clock.now(),
      ...changes,
    }),
  };
}

/** Prepares to the end, each answer stored and read again as the engine does; the clock goes on instead of waiting. */
export async function prepared(
  { adapter, clock }: World,
  variant: Variant,
  call: AnyCall,
): Promise<Prepared | undefined> {
  if (!adapter.prepare) return undefined;
  let soFar: Prepared | undefined;
  for (let round = 0; round < 100; round++) {
    const answer = await adapter.prepare(variant, { ...call, ...(soFar && { soFar }) });
    if (answer.pollAfterMs === undefined) return stored(answer);
    clock.advance(answer.pollAfterMs);
    soFar = stored(answer);
  }
  throw new Error("prepare never came to an end");
}

export function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
