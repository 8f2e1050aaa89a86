import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type {
  PracticeCollection,
  PracticeIdentity,
  PracticeNetwork,
  PracticeReply,
  PracticeRequest,
  PracticeRoute,
} from "../../practice/kit.ts";
import { nextId } from "./practice-ids.ts";
import { emptyToken, problem, tooManyRequests, unauthorized } from "./practice-replies.ts";
import { memberScopes, pageScopes } from "./scopes.ts";

export interface Member {
  readonly id: string;
  readonly name: string;
}

export interface Organization {
  readonly id: string;
  readonly vanityName: string;
  readonly name: string;
  readonly administratorId: string;
}

/** Whoever's token it is. */
export interface Caller {
  readonly member: Member;
  readonly scopes: readonly string[];
}

interface Token {
  readonly memberId: string;
  readonly scopes: readonly string[];
  /** It came from a login, and not from our own hands. */
  readonly isLogin?: true;
}

// https://learn.microsoft.com/en-us/linkedin/marketing/versioning (checked 2026-11)
const activeVersions = /^20260[1-9]$/;
/** Of apps that LinkedIn has not vetted. https://learn.microsoft.com/en-us/linkedin/consumer/integrations/self-serve/share-on-linkedin (checked 2026-11) */
const requestsPerDay = 150;

export const membersOf = (network: PracticeNetwork): PracticeCollection<Member> =>
  network.collection("members");
export const organizationsOf = (network: PracticeNetwork): PracticeCollection<Organization> =>
  network.collection("organizations");
const tokensOf = (network: PracticeNetwork): PracticeCollection<Token> => network.collection("tokens");

/** A page, with the token of a member who administers it, of an app that LinkedIn has vetted. */
export function registerPage(network: PracticeNetwork, handle: string): PracticeIdentity {
  const { id, administratorId, vanityName, name } = pageOf(network, handle);
  const author = `urn:li:organization:${id}`;
  const accessToken = newToken({ memberId: administratorId, scopes: pageScopes }, network);
  return { externalId: author, handle: vanityName, name, credentials: { accessToken, author } };
}

/**
 * For the member who administers the page of this handle. With other scopes than before, what the member gave before is
 * worth nothing. https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow (checked 2026-11)
 */
export function loginToken(network: PracticeNetwork, handle: string, scopes: readonly string[]): string {
  const { administratorId: memberId } = pageOf(network, handle);
  const tokens = tokensOf(network);
  const isOld = (token: Token) =>
    token.isLogin && token.memberId === memberId && !isDeepStrictEqual(token.scopes, scopes);
  for (const [id, token] of tokens.list()) if (isOld(token)) tokens.delete(id);
  return newToken({ memberId, scopes, isLogin: true }, network);
}

/** A member, with what every app gets. */
export function registerMember(network: PracticeNetwork, handle: string): PracticeIdentity {
  const name = nameFrom(handle);
  const known = membersOf(network)
    .list()
    .find(([, each]) => each.name === name)?.[1];
  const member = known ?? newMember(name, network);
  const accessToken = newToken({ memberId: member.id, scopes: memberScopes }, network);
  return { externalId: `urn:li:person:${member.id}`, handle: name, name, credentials: { accessToken } };
}

type Handle = (
  caller: Caller,
  request: PracticeRequest,
  network: PracticeNetwork,
) => PracticeReply | Promise<PracticeReply>;

/** Looks at token, version and protocol, and counts the request. */
export function guarded(handle: Handle): PracticeRoute["handle"] {
  return (request, network) => {
    const caller = callerOf(request, network);
    if (!caller) return request.headers.authorization === undefined ? emptyToken() : unauthorized();
    return versionRefusal(request) ?? countRefusal(caller, network) ?? handle(caller, request, network);
  };
}

/** LinkedIn reads tokens from the header only. */
export function callerOf({ headers, token }: PracticeRequest, network: PracticeNetwork): Caller | undefined {
  const known = headers.authorization?.startsWith("Bearer ") ? tokensOf(network).get(token ?? "") : undefined;
  const member = known && membersOf(network).get(known.memberId);
  return known && member && { member, scopes: known.scopes };
}

/** Whether the token may write as this author. */
export function speaksFor({ member, scopes }: Caller, author: unknown, network: PracticeNetwork): boolean {
  if (author === `urn:li:person:${member.id}`) return scopes.includes("w_member_social");
  return scopes.includes("w_organization_social") && administers(member, author, network);
}

/** Whether the token may read what this author posted; nobody may where the author is a member. */
export function reads({ member, scopes }: Caller, author: unknown, network: PracticeNetwork): boolean {
  return scopes.includes("r_organization_social") && administers(member, author, network);
}

function administers(member: Member, author: unknown, network: PracticeNetwork): boolean {
  const id = /^urn:li:organization:(\d+)$/.exec(String(author))?.[1];
  return id !== undefined && organizationsOf(network).get(id)?.administratorId === member.id;
}

function versionRefusal({ path, headers }: PracticeRequest): PracticeReply | undefined {
  if (!path.startsWith("/rest/")) return undefined;
  const version = headers["linkedin-version"];
  if (version === undefined)
    return problem(
      400,
      "VERSION_MISSING",
      "A version must be present. Please specify a version by adding the LinkedIn-Version header.",
    );
  if (!activeVersions.test(String(version)))
    return problem(426, "NONEXISTENT_VERSION", `Requested version ${version} is not active`);
  if (headers["x-restli-protocol-version"] !== "2.0.0")
    return problem(400, "ILLEGAL_ARGUMENT", "X-RestLi-Protocol-Version must be 2.0.0");
  return undefined;
}

function countRefusal({ member, scopes }: Caller, network: PracticeNetwork): PracticeReply | undefined {
  if (scopes.includes("w_organization_social")) return undefined;
  const counts = network.collection<number>("requests");
  const today = `${member.id} ${network.now().toISOString().slice(0, 10)}`;
  const used = (counts.get(today) ?? 0) + 1;
  counts.put(today, used);
  return used > requestsPerDay ? tooManyRequests() : undefined;
}

function pageOf(network: PracticeNetwork, handle: string): Organization {
  const vanityName = handle.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const organizations = organizationsOf(network);
  const known = organizations.list().find(([, page]) => page.vanityName === vanityName)?.[1];
  const page = known ?? newPage(vanityName, nameFrom(handle), network);
  organizations.put(page.id, page);
  return page;
}

function newPage(vanityName: string, name: string, network: PracticeNetwork): Organization {
  const administratorId = newMember(`${name} Administrator`, network).id;
  const id = String(10_000_000 + organizationsOf(network).list().length);
  return { id, vanityName, name, administratorId };
}

function newMember(name: string, network: PracticeNetwork): Member {
  const member = { id: BigInt(nextId(network)).toString(36), name };
  membersOf(network).put(member.id, member);
  return member;
}

function newToken(token: Token, network: PracticeNetwork): string {
  const secret = randomBytes(48).toString("base64url");
  tokensOf(network).put(secret, token);
  return secret;
}

/** `water_for_all` → `Water For All` */
function nameFrom(handle: string): string {
  return handle
    .split(/[_\s-]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}
