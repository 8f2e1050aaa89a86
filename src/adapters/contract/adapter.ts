import type { Platform } from "../../domain/platform.ts";
import type { Issue, Options, Variant } from "../../domain/post.ts";
import type { BudgetReading, Capabilities, MetricName } from "./capabilities.ts";
import type { ListenCall } from "./listen.ts";
import type { OAuthFlow, OwnOAuthFlow } from "./oauth.ts";
import type { Push } from "./push.ts";
import type { SourcePost } from "./source-post.ts";
import type { Watch } from "./watch.ts";

/**
 * Everything the engine knows about a platform.
 * Adding one is a folder that exports one of these; see docs/adding-a-platform.md.
 * @typeParam C the credentials as stored in the account's grant: flat, all strings
 */
export interface Adapter<C = unknown> {
  readonly platform: Platform; // equals the folder name
  readonly displayName: string;
  /** One line for a newcomer: what this platform is best used for. */
  readonly mostEffectiveFor: string;
  readonly capabilities: Capabilities;
  /** Where the live platform answers; an operator may override each. Origins, without a path. */
  readonly hosts: Hosts;
  readonly auth: Auth<C>;

  /** Length as the platform counts it. Pure. */
  measure(text: string): number;

  /** Rules that capabilities cannot express. Pure; usually absent. */
  extraRules?(variant: Variant): readonly Issue[];

  /**
   * Everything that can be done before the moment and stays invisible: uploads, containers, unpublished posts.
   * Repeatable. Called again with `soFar` while the answer says `pollAfterMs`.
   */
  prepare?(variant: Variant, call: PrepareCall<C>): Promise<Prepared>;

  /** One call of `prepare` sends for seconds only, however large the files: the next goes on where it stopped. */
  readonly preparesInSteps?: true;

  /** How long the platform keeps what `prepare` made, at least; absent: until somebody deletes it. */
  readonly preparedLifeMs?: number;

  /** Makes the variant public: exactly one `call.commit`. Must not swallow what `commit` throws. */
  publish(variant: Variant, call: PublishCall<C>): Promise<Published | Pending>;

  /** Read-only: what does the platform know about this delivery? */
  reconcile(question: Question, call: Call<C>): Promise<Published | Pending | Absent | Refused | Unknown>;

  /** Deleting twice is not an error. */
  delete?(externalId: string, call: Call<C>): Promise<void>;

  /**
   * Changes the words of what is public: its text, its title, and the link where it travels in the text. Files stay.
   * Editing to what is there already is no error.
   * @param variant with its role and the files it was published with: they decide where its link stands
   * @throws PublishError; `post_gone` where there is nothing of this account's any more
   */
  edit?(externalId: string, variant: Variant, call: Call<C>): Promise<void>;

  /** Only names declared in `capabilities.metrics`. */
  metrics?(externalId: string, call: Call<C>): Promise<Partial<Record<MetricName, number>>>;

  /** What the account itself posted since then, newest first, at most a hundred; for mirroring. Read-only. */
  recent?(since: Date, call: Call<C>): Promise<readonly SourcePost[]>;
  readonly watch?: Watch;
  readonly push?: Push;

  /** Hears of what the account itself does, as long as the platform's stream lasts; see listen.ts. Read-only. */
  listen?(call: ListenCall<C>): Promise<void>;

  /**
   * What a person may choose for an option whose values live at the platform: boards, playlists, flairs. Read-only.
   * @param option a name that `capabilities.options` declares with `choices`
   * @param given the options chosen so far (a flair belongs to a subreddit)
   */
  choices?(option: string, given: Options, call: Call<C>): Promise<readonly Choice[]>;

  /** What the headers of any answer tell of how much may still be sent, in the platform's own encoding. Pure. */
  readBudget?(headers: HttpAnswer["headers"], now: Date): readonly BudgetReading[];
}

/** One value of an option, and the words a person knows it by. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface Hosts {
  readonly api: string;
  readonly web: string;
  /** Only where the platform takes large files on another host. */
  readonly upload?: string;
  /** Where a person logs in, if not at `web`. */
  readonly signIn?: string;
  /** Where logins are traded for tokens, if not at `api`. */
  readonly token?: string;
  /** Where it is written down which server an account is at; only where the platform has such a directory. */
  readonly directory?: string;
  /** Who tells of new posts (WebSub); only where the platform has such a hub. */
  readonly hub?: string;
  /** Where accounts can be heard of (WebSocket); only where the platform has such a place of its own. */
  readonly stream?: string;
}

/** A platform that is many servers: an account is at one of them, and its login is sent to no other. */
export interface ServerRule {
  /** False: without a `baseUrl` the account is at `hosts.api`. */
  readonly required: boolean;
  /** The server may live below a path (`https://example.org/blog`). */
  readonly path?: true;
  /** Whether people read posts on that server too, or on the platform's own `hosts.web`. */
  readonly pages: "server" | "platform";
  /** An account has the same id at whichever server it is, and may move; absent: each server has ids of its own. */
  readonly movable?: true;
}

export interface Auth<C> {
  /** What a person fills in who brings their own token. */
  readonly fields: readonly CredentialField[];
  /** Absent: the platform is one server. */
  readonly server?: ServerRule;
  /** Least scopes the adapter needs, for docs and checks. */
  readonly scopes: readonly string[];
  /** How an account is linked by logging in; absent: only by credentials a person brings. */
  readonly oauth?: OAuthFlow | OwnOAuthFlow;
  /** Who does this token speak for? Also the health check. */
  identify(call: Call<C>): Promise<Identity>;
}

export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly secret: boolean;
  readonly required: boolean;
}

export interface Identity {
  /** The platform's own id of the account or page. */
  readonly externalId: string;
  /** Without a leading @; with the host where there are many (`name@example.social`). */
  readonly handle: string;
  readonly name: string;
}

/** The world as an adapter may see it: no environment, no globals, no clock of its own. */
export interface Call<C> {
  readonly credentials: C;
  /** Who we speak as; empty strings while `identify` is still to answer that. */
  readonly account: { readonly externalId: string; readonly handle: string };
  readonly baseUrl: Hosts;
  /** Bounded in time and size, follows no redirect, refuses private addresses. */
  readonly fetch: Fetch;
  /** The first message of a WebSocket (ws, wss), through the same guard; rejects after that time. */
  readonly firstMessage: (url: string, timeoutMs: number) => Promise<string>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly media: MediaAccess;
}

/** `fetch`, as far as adapters use it. */
export type Fetch = (url: string, init: RequestInit) => Promise<HttpAnswer>;

/** An answer of any status. Its body can be read once. */
export interface HttpAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  json(): Promise<unknown>;
}

export interface MediaAccess {
  /** The file's bytes, read from disk as they are sent. */
  open(mediaId: string): Promise<Blob>;
  /** A signed URL, valid for at least an hour, that the platform can fetch the file from. */
  publicUrl(mediaId: string): string;
}

export interface PrepareCall<C> extends Call<C> {
  /** The same for every attempt of one delivery. */
  readonly deliveryKey: string;
  /** What this variant answers, where its role is `reply` or `comment`: public by now. */
  readonly parent?: { readonly externalId: string; readonly rootExternalId: string };
  readonly soFar?: Prepared;
}

/** What `prepare` made at the platform. Kept with the delivery. */
export interface Prepared {
  /** Ids, never a secret. */
  readonly values: Readonly<Record<string, string>>;
  /** What lets its holder act, like the address of an upload under way: kept sealed. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** After this moment it must be made anew. ISO 8601. */
  readonly expiresAt: string;
  /** Present while the platform is still working: call `prepare` again after this time. */
  readonly pollAfterMs?: number;
}

export interface PublishCall<C> extends Call<C> {
  /** The same for every attempt of one delivery: idempotency key or client-chosen id. */
  readonly deliveryKey: string;
  /** Present, ready and unexpired wherever the adapter has `prepare`. */
  readonly prepared?: Prepared;
  /** What this variant answers, where its role is `reply` or `comment`. */
  readonly parent?: { readonly externalId: string; readonly rootExternalId: string };
  /** The fence: the intent is durable before the first byte leaves. See commit.ts. */
  commit<T>(send: () => Promise<T>): Promise<T>;
}

export interface Question {
  readonly deliveryKey: string;
  readonly variant: Variant;
  /** When the first attempt that may have become public was sent. */
  readonly sentAt: Date;
  readonly prepared?: Prepared;
  /** The handle of an earlier `Pending`. */
  readonly handle?: string;
  readonly parent?: { readonly externalId: string; readonly rootExternalId: string };
}

export interface Published {
  readonly state: "published";
  readonly externalId: string;
  /** Where a person can look at it; http(s). */
  readonly externalUrl: string;
}
/** Accepted, and the platform is still working on it: ask again with the handle. */
export interface Pending {
  readonly state: "pending";
  readonly handle: string;
  readonly checkAfterMs: number;
}
/** The platform answered clearly that it has no such post. */
export interface Absent {
  readonly state: "absent";
}
/** The platform took it and then turned it down for good: a video that cannot be converted, a post a filter removed. */
export interface Refused {
  readonly state: "refused";
  /** Ours, in lower case: `media_refused`, `removed_by_platform`. */
  readonly code: string;
  /** What happened and what to do, for the author. */
  readonly message: string;
}
/** The platform cannot tell, or found more than one candidate. */
export interface Unknown {
  readonly state: "unknown";
}
