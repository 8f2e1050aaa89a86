import type { IncomingHttpHeaders } from "node:http";
import type { Platform } from "../domain/platform.ts";
import type { PracticeLook } from "./look.ts";
import type { PracticePhone } from "./phone.ts";

/**
 * What an adapter's practice.ts exports: the platform's API as far as the adapter uses it, with the platform's own
 * checks, limits and error bodies. The practice network serves it at `<practice url>/<platform>`.
 */
export interface PracticePlatform {
  readonly platform: Platform;
  /** Absent: a plain one. */
  readonly look?: PracticeLook;
  /** Makes the identity, or finds it again, and gives it a fresh token. The handle comes without @. */
  register(network: PracticeNetwork, handle: string): PracticeIdentity;
  readonly routes: readonly PracticeRoute[];
  /** What its protocol asks for at the root of the whole server, where no platform's folder is. */
  readonly atRoot?: readonly PracticeRoute[];
  /** Where the platform tells results by WebSocket; most do not. */
  readonly sockets?: readonly PracticeSocket[];
  /** How a person logs in here and an app gets tokens; absent: by credentials alone. */
  readonly signIn?: PracticeSignIn;
  /** How people post here themselves, past Clarion; absent: they cannot. */
  readonly phone?: PracticePhone;
  /** The platform's own answer to a token that was revoked. */
  unauthorized(): PracticeReply;
  /** The platform's own answer to too many requests; without a reset time where `resetAt` is null. Some count from `now`. */
  rateLimited(resetAt: Date | null, now: Date): PracticeReply;
}

/** A platform's OAuth 2, in its own ways. The pages and the rules that all share are in sign-in.ts. */
export interface PracticeSignIn {
  readonly authorizePath: string;
  readonly tokenPath: string;
  readonly revokePath?: string;
  /** `required`: refused without an S256 challenge; `none`: the platform ignores it. */
  readonly pkce: "required" | "optional" | "none";
  readonly clientAuth: "basic" | "post";
  readonly scopes: readonly string[];
  readonly scopeSeparator?: ",";
  /** Of a code. */
  readonly codeSeconds: number;
  /** Of an access token; null: it does not end. */
  readonly tokenSeconds: number | null;
  /** `rotates`: each is good once; `keeps`: the same again and again. */
  readonly refresh: "rotates" | "keeps" | "none";
  /** The token's answer in the platform's own form; absent: RFC 6749's. */
  tokenBody?(answer: Readonly<Record<string, unknown>>, network: PracticeNetwork): unknown;
  /** What it says, at the redirect address, in place of these words of RFC 6749. */
  readonly authorizeErrors?: Readonly<Record<string, string>>;
  /** A refusal at the token endpoint in the platform's own form; absent: RFC 6749's. `misfit`: a code not meant for this request. */
  tokenRefusal?(code: string, misfit: boolean): PracticeReply;
  /** Its answer to an app that gives back another's token; absent: it does not look whose it is. */
  readonly revokeRefusal?: PracticeReply;
  /** What a person who says no comes back with, besides `access_denied`. */
  readonly denial?: Readonly<Record<string, string>>;
  /** Stands behind every address people are sent back to, though it means nothing. */
  readonly fragment?: string;
  /** Endpoints of its own that the app has to prove itself at: for longer-lived tokens, and to look into them. */
  routes?(app: { readonly clientId: string; readonly clientSecret: string }): readonly PracticeRoute[];
  /** An access token for a person; absent: what `register` gives. */
  issue?(network: PracticeNetwork, handle: string, scopes: readonly string[]): string;
  /** The secret of an app that is known besides our own. */
  knowsApp?(network: PracticeNetwork, clientId: string, redirectUri: string): string | undefined;
  /** What an app may ask for, where each has its own; absent, undefined: all of `scopes`. */
  scopesOf?(network: PracticeNetwork, clientId: string): readonly string[] | undefined;
  /** A token for an app itself (RFC 6749, 4.4), where there are such; undefined: the app is not known. */
  appToken?(network: PracticeNetwork, clientId: string, clientSecret: string): string | undefined;
}

export interface PracticeIdentity {
  readonly externalId: string;
  readonly handle: string;
  readonly name: string;
  /** As the adapter's `auth.fields` name them. */
  readonly credentials: Readonly<Record<string, string>>;
}

export interface PracticeRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/<platform>`, with named segments: `/2/tweets/:id`. The first route that matches is taken. */
  readonly path: string;
  /** How large a JSON body may be, where the platform takes files inside of one; absent: a megabyte. */
  readonly maxJsonBytes?: number;
  /** Whether this request makes something public: the faults and the ledger look at these only. */
  publishes?(request: PracticeRequest): boolean;
  handle(request: PracticeRequest, network: PracticeNetwork): PracticeReply | Promise<PracticeReply>;
}

/** A WebSocket: it tells one thing to whoever connects, or goes on telling. */
export interface PracticeSocket {
  /** As a route's. */
  readonly path: string;
  /** What those are told who may not connect; absent: all may. */
  refuse?(request: SocketRequest, network: PracticeNetwork): PracticeReply | undefined;
  /** What it tells before it says goodbye; undefined: it stays silent, until the listener goes. */
  message?(request: SocketRequest, network: PracticeNetwork): string | undefined;
  /** Goes on until the listener goes, or its token is dead. @returns what is called then */
  open?(
    request: SocketRequest,
    network: PracticeNetwork,
    say: (message: string | Uint8Array) => void,
  ): () => void;
}

export type SocketRequest = Pick<PracticeRequest, "params" | "query" | "headers" | "token">;

export interface PracticeRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** From `Authorization: Bearer …` or `OAuth …`, else from an `access_token` in query or body. */
  readonly token: string | undefined;
  /** A JSON body, already parsed; `undefined` where there is none or it is not JSON. */
  readonly json: unknown;
  /** The fields of a form or multipart body. */
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, PracticeFile>>;
  /** Any other body. */
  readonly raw: PracticeFile | undefined;
}

/** An upload, streamed to disk. */
export interface PracticeFile {
  readonly path: string;
  readonly bytes: number;
  readonly mimeType: string;
  readonly filename: string;
}

export interface PracticeReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is; absent: no body. */
  readonly body?: unknown;
}

/** One platform's corner of the practice network. Everything in it survives a restart. */
export interface PracticeNetwork {
  /** Where this platform is reached, for URLs in answers: `http://127.0.0.1:3001/x`. */
  readonly baseUrl: string;
  now(): Date;
  /** Documents of this platform, by name and id: tokens, uploads, containers … Values are plain JSON. */
  collection<T>(name: string): PracticeCollection<T>;
  /** Shows a post on the timeline and writes an accepted publish call into the ledger. */
  publish(post: PracticePost): void;
  /** Shows a post, or shows it anew where it was changed, without a word in the ledger. */
  show(post: PracticePost): void;
  /** Writes a refused publish call into the ledger. */
  refuse(text: string, reason: string): void;
  post(id: string): PracticePost | undefined;
  /** This platform's posts, newest first, without the removed ones. */
  posts(accountId: string): readonly PracticePost[];
  /** Shows a post's new words where it stands. The ledger, which counts posts, hears nothing of it. */
  edit(post: PracticePost, changes: PracticeChanges): void;
  /** False where there was no such post. */
  remove(id: string): boolean;
  /** Told of every change of this platform's posts, while it happens. @returns what ends that */
  watch(listener: (change: PracticeChange) => void): () => void;
  /** Files bytes that came inside a JSON body, as if they had been uploaded. */
  file(bytes: Uint8Array, mimeType: string): Promise<PracticeFile>;
  /** Keeps an uploaded file and gives the URL under which timelines show it. */
  keep(file: PracticeFile): Promise<string>;
  /** Fetches media, or what an app says of itself, as a platform does that pulls it by URL; refuses what is not 200. Resolves to the stored file. */
  pull(url: string): Promise<PracticeFile>;
}

export interface PracticeCollection<T> {
  get(id: string): T | undefined;
  put(id: string, value: T): void;
  delete(id: string): void;
  list(): readonly (readonly [id: string, value: T])[];
}

/** A public post, as the timelines show it. */
export interface PracticePost {
  readonly id: string;
  readonly accountId: string;
  readonly handle: string;
  readonly name: string;
  readonly text: string;
  readonly link: string | null;
  readonly media: readonly {
    readonly url: string;
    readonly kind: "image" | "video";
    readonly altText: string;
  }[];
  /** The post this one answers. */
  readonly replyTo: string | null;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Whatever else the platform remembers of it; timelines show a title, tags, labels, the place, the audience, and `by: "phone"`. */
  readonly extra: Readonly<Record<string, string>>;
}

/** What became of a post; of one that is removed, what it was. */
export interface PracticeChange {
  readonly what: "posted" | "changed" | "removed";
  readonly post: PracticePost;
}

/** What an edit may change of a post; of `extra`, what is named. */
export type PracticeChanges = Partial<Pick<PracticePost, "text" | "link" | "media" | "extra">>;

/** The ways a platform breaks, switched on by `PUT /practice/faults/:platform`. */
export const faults = [
  "reset_before",
  "reset_after_accept",
  "slow",
  "5xx_after_accept",
  "garbled_after_accept",
  "429",
  "revoked",
] as const;

export type Fault = (typeof faults)[number];

export interface FaultSetting {
  readonly fault: Fault;
  /** How many publish calls it hits; absent: until switched off. */
  readonly times?: number;
  /** For `slow`. */
  readonly delayMs?: number;
  /** For `429`; absent: the platform does not say when. */
  readonly resetAfterMs?: number;
}
