import { randomBytes, randomInt } from "node:crypto";
import type {
  PracticeIdentity,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { issued } from "../../practice/sign-in-store.ts";
import { errorReply, followClock, GraphRefusal, withoutPermission } from "./practice-graph-errors.ts";
import { select } from "./practice-graph-fields.ts";

export interface GraphAccount {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
}

/** A route that only those with a token may call. */
export interface GraphRoute {
  readonly method: PracticeRoute["method"];
  readonly path: string;
  /** The permission it takes. A token that came from no login has all. */
  readonly needs?: string | ((request: PracticeRequest) => string);
  publishes?(request: PracticeRequest): boolean;
  /** What a refused publish call wanted to say, for the ledger. */
  text?(request: PracticeRequest, network: PracticeNetwork): string;
  /** @throws GraphRefusal */
  handle(account: GraphAccount, request: PracticeRequest, network: PracticeNetwork): unknown;
}

/** Checks the token, answers refusals in Meta's envelope and keeps the ledger of those that would have published. */
export function graphRoute(useCase: string, route: GraphRoute): PracticeRoute {
  const { method, path, publishes } = route;
  return {
    method,
    path,
    ...(publishes && { publishes }),
    async handle(request, network): Promise<PracticeReply> {
      followClock(network.now);
      const account = accountOf(request, network);
      try {
        if (!account) throw unauthorizedFor(request.token);
        checkPermission(useCase, route, request, network);
        return {
          status: 200,
          headers: usage(useCase, account.id),
          body: await route.handle(account, request, network),
        };
      } catch (error) {
        if (!(error instanceof GraphRefusal)) throw error;
        if (publishes?.(request)) network.refuse(route.text?.(request, network) ?? "", error.message);
        return errorReply(error, account && usage(useCase, account.id));
      }
    },
  };
}

function checkPermission(
  useCase: string,
  { needs }: GraphRoute,
  request: PracticeRequest,
  network: PracticeNetwork,
): void {
  const permission = typeof needs === "function" ? needs(request) : needs;
  const login = issued(network, request.token ?? "")?.login;
  if (permission !== undefined && login && !login.scopes.includes(permission))
    throw withoutPermission(useCase, permission);
}

/** Finds or makes the account, and gives it one more token. */
export function registerAccount(network: PracticeNetwork, handle: string, idName: string): PracticeIdentity {
  const accounts = network.collection<GraphAccount>("accounts");
  const idsByHandle = network.collection<string>("handles");
  const known = accounts.get(idsByHandle.get(handle) ?? "");
  const { id, name } = known ?? { id: newNumber(), name: handle };
  if (!known) {
    accounts.put(id, { id, handle, name });
    idsByHandle.put(handle, id);
  }
  const accessToken = `EAA${randomBytes(48).toString("base64url")}`;
  network.collection<string>("tokens").put(accessToken, id);
  return { externalId: id, handle, name, credentials: { accessToken, [idName]: id } };
}

/** The account whose path this is. @throws GraphRefusal */
export function ownPath(id: string | undefined, account: GraphAccount, network: PracticeNetwork): void {
  if (id === account.id || id === "me") return;
  if (id === undefined || !network.collection<GraphAccount>("accounts").get(id)) throw notFound(id ?? "");
  throw new GraphRefusal(200, "(#200) The token is of another account than the one in the path");
}

export function notFound(id: string): GraphRefusal {
  const message = `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  return new GraphRefusal(100, message, { type: "GraphMethodException", subcode: 33 });
}

/** Meta takes parameters from the query, a JSON body and a form alike. */
export function parameters(request: PracticeRequest): Readonly<Record<string, unknown>> {
  const json = typeof request.json === "object" && request.json !== null ? request.json : {};
  return { ...Object.fromEntries(request.query), ...request.fields, ...json };
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === 1 || value === "1";
}

export function isFalse(value: unknown): boolean {
  return value === false || value === "false" || value === 0 || value === "0";
}

/** The asked `fields` of a node. @throws GraphRefusal for one it does not have */
export function picked(
  node: Readonly<Record<string, unknown>>,
  type: string,
  { query }: PracticeRequest,
): Record<string, unknown> {
  return select(node, type, query.get("fields") ?? "id");
}

/** Digits, as all ids of Meta's: 15 of them. */
export function newNumber(): string {
  return String(randomInt(1e14, 2.8e14));
}

/** `2026-04-06T17:50:09+0000` */
export function graphTime(iso: string): string {
  return iso.replace(/\.\d+Z$/, "+0000");
}

function accountOf(request: PracticeRequest, network: PracticeNetwork): GraphAccount | undefined {
  const id = network.collection<string>("tokens").get(request.token ?? "");
  return id === undefined ? undefined : network.collection<GraphAccount>("accounts").get(id);
}

function unauthorizedFor(token: string | undefined): GraphRefusal {
  return token === undefined
    ? new GraphRefusal(104, "An access token is required to request this resource.")
    : new GraphRefusal(190, "Invalid OAuth access token - Cannot parse access token");
}

function usage(type: string, id: string): Record<string, string> {
  const use = { call_count: 1, total_cputime: 1, total_time: 1 };
  const ofUseCase = { type, ...use, estimated_time_to_regain_access: 0 };
  return {
    "x-app-usage": JSON.stringify(use),
    "x-business-use-case-usage": JSON.stringify({ [id]: [ofUseCase] }),
  };
}
