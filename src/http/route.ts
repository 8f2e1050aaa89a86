import type { Request, Response } from "express";
import type { z } from "zod";
import type { RefusalCode } from "../domain/refusal.ts";
import type { World } from "../publishing/world.ts";
import type { ServerOptions } from "./server-options.ts";

export type Scope = "read" | "write" | "publish" | "admin";
export type Method = "get" | "post" | "put" | "patch" | "delete";

/**
 * One call of the API, as data: the server registers it, the OpenAPI document describes it, and the tests for
 * tenant isolation go through it. What the schemas refuse never reaches `handle`.
 */
export interface Route {
  readonly method: Method;
  /** In Express's notation: `/v1/posts/:id`. */
  readonly path: string;
  /** What the key must be allowed to do; `open`: answers without a key. */
  readonly scope: Scope | "open";
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Headers worth documenting; whoever reads them checks them. */
  readonly headers?: z.ZodObject;
  /** What validates the body, and documents it where the handler reads it by itself. Absent: no body. */
  readonly body?: z.ZodType;
  /** `own`: the handler reads the request itself, and calls `ask.once` with a fingerprint of what it read. */
  readonly reads?: "json" | "own";
  /**
   * Nothing is kept for an Idempotency-Key, not even a hash: what is sent or answered holds a secret, or something is done
   * on a platform, which outlives a transaction that ends in nothing. For calls that are safe to repeat by themselves.
   */
  readonly keepsNothing?: true;
  /** The body by its media type, as it is documented; `body` as `application/json` unless told. */
  readonly bodyTypes?: Readonly<Record<string, z.ZodType>>;
  /** Success answers by status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals worth documenting beyond those that every call shares. */
  readonly refuses?: readonly RefusalCode[];
  handle(ask: Ask<unknown, unknown, unknown>): Promise<Reply | undefined>;
}

export interface Answer {
  readonly description: string;
  /** May not transform: answers are documented by it. */
  readonly schema?: z.ZodType;
  readonly type?: string;
}

/** One request, checked. Handlers use `ask.world`, never another: it may be inside the transaction of `once`. */
export interface Ask<P, Q, B> {
  readonly world: World;
  readonly workspaceId: string;
  /** Who asks: the key's id. */
  readonly callerId: string;
  readonly scopes: readonly Scope[];
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly options: ServerOptions;
  readonly request: Request;
  readonly response: Response;
  /** Whether the key still opens this route: for answers that take long. */
  stillAllowed(): Promise<boolean>;
  /**
   * Does `work` once per Idempotency-Key, else plainly. Done already for JSON routes; for those that read their
   * body themselves.
   * @param fingerprint SHA-256 of all that makes the request what it is
   */
  once(fingerprint: Buffer, work: (world: World) => Promise<Reply>): Promise<Reply>;
}

/** What a handler answers; `undefined` where it has written the answer itself. */
export interface Reply {
  readonly status: number;
  /** Sent as JSON; absent: no body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface TypedRoute<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>
  extends Omit<Route, "handle" | "params" | "query" | "body"> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  handle(ask: Ask<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply | undefined>;
}

/** Ties a handler to the types of its schemas. */
export function route<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
>(definition: TypedRoute<P, Q, B>): Route {
  return definition;
}

/** Whether its first answer is kept, to be given again to a request that is repeated. */
export function takesIdempotencyKey({ method, keepsNothing, headers }: Route): boolean {
  return method === "post" && !keepsNothing && !headers;
}
