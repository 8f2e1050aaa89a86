import { randomBytes, randomInt } from "node:crypto";
import type { PracticeIdentity, PracticeNetwork, PracticeRequest } from "../../practice/kit.ts";
import type { Account } from "./practice-replies.ts";

export const domain = "mastodon.example";

export function register(network: PracticeNetwork, handle: string): PracticeIdentity {
  const { id, username, name } = account(network, handle);
  const accessToken = tokenFor(id, network);
  return { externalId: id, handle: `${username}@${domain}`, name, credentials: { accessToken } };
}

/** A token that may do no more than these. */
export function newToken(network: PracticeNetwork, handle: string, scopes: readonly string[]): string {
  const token = tokenFor(account(network, handle).id, network);
  scopesOf(network).put(token, scopes);
  return token;
}

type WithToken = Pick<PracticeRequest, "token">;

export function accountOf({ token }: WithToken, network: PracticeNetwork): Account | undefined {
  const id = token === undefined ? undefined : tokensOf(network).get(token);
  return id === undefined ? undefined : accountsOf(network).get(id);
}

/** `write` is all of `write:statuses`, `write:media` and so on. https://docs.joinmastodon.org/api/oauth-scopes/ (checked 2026-11) */
export function allows({ token = "" }: WithToken, scope: string, network: PracticeNetwork): boolean {
  const scopes = scopesOf(network).get(token);
  return scopes === undefined || scopes.includes(scope) || scopes.includes(scope.split(":")[0] ?? "");
}

export const accountsOf = (network: PracticeNetwork) => network.collection<Account>("accounts");
const tokensOf = (network: PracticeNetwork) => network.collection<string>("tokens");
/** Of tokens that came from a login; the others may do everything. */
const scopesOf = (network: PracticeNetwork) => network.collection<readonly string[]>("token scopes");

function account(network: PracticeNetwork, handle: string): Account {
  const username = handle.split("@")[0]?.replace(/\W/g, "_") || "someone";
  const accounts = accountsOf(network);
  const known = accounts.list().find(([, each]) => each.username === username)?.[1];
  const found = known ?? { id: String(randomInt(1e9, 1e12)), username, name: displayName(username) };
  if (!known) accounts.put(found.id, found);
  return found;
}

function tokenFor(accountId: string, network: PracticeNetwork): string {
  const token = randomBytes(32).toString("base64url");
  tokensOf(network).put(token, accountId);
  return token;
}

function displayName(username: string): string {
  return username
    .split("_")
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
