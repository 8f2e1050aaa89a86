import type { LinkableIdentity, TokenSet } from "../../adapters/contract/oauth.ts";
import { type ConnectionRow, findChoice, findConnection } from "../../db/connections.ts";
import { Refusal } from "../../domain/refusal.ts";
import type { OAuthWorld } from "./find-app.ts";
import { type Ended, keep } from "./finish-connection.ts";
import { hashOf } from "./secrets.ts";

/** Whom a login may post as, for a person to choose from. */
export interface OfferedIdentity {
  readonly externalId: string;
  readonly handle: string;
  readonly name: string;
}

/** @throws Refusal `not_found` where nothing waits for a choice in this browser */
export async function offeredIn(
  world: OAuthWorld,
  browser: string,
): Promise<ConnectionRow & { readonly identities: readonly OfferedIdentity[] }> {
  const connection = await findChoice(world.db, hashOf(browser));
  if (!connection)
    throw new Refusal(
      "not_found",
      "There is nothing to choose here, or not any more. Start connecting again.",
    );
  return connection as ConnectionRow & { readonly identities: readonly OfferedIdentity[] };
}

/** The choice made in the browser that logged in. @throws Refusal `not_found`, `invalid_request` */
export async function chooseInBrowser(
  world: OAuthWorld,
  browser: string,
  externalIds: readonly string[],
): Promise<Ended> {
  return choose(world, await offeredIn(world, browser), externalIds);
}

/** The choice made by a script of the same workspace. @throws Refusal `not_found`, `wrong_state`, `invalid_request` */
export async function chooseAccounts(
  world: OAuthWorld,
  workspaceId: string,
  id: string,
  externalIds: readonly string[],
): Promise<Ended> {
  const connection = await findConnection(world.db, workspaceId, id);
  if (!connection) throw new Refusal("not_found", "There is no such connection.");
  if (connection.step !== "choosing")
    throw new Refusal("wrong_state", `The connection is ${connection.step}: there is nothing to choose.`);
  return choose(world, connection, externalIds);
}

function choose(
  world: OAuthWorld,
  connection: ConnectionRow,
  externalIds: readonly string[],
): Promise<Ended> {
  const secrets = world.vault.open(`connections/${connection.id}`, connection);
  const offered = JSON.parse(secrets.identities ?? "[]") as readonly LinkableIdentity[];
  const chosen = offered.filter(({ externalId }) => externalIds.includes(externalId));
  if (chosen.length === 0 || externalIds.some((id) => !offered.some(({ externalId }) => externalId === id)))
    throw new Refusal("invalid_request", "Choose at least one of the accounts that the login offers.", {
      issues: [
        { pointer: "/accounts", code: "invalid_value", message: "must name accounts that are offered" },
      ],
    });
  return keep(world, connection, tokenFrom(secrets.token ?? ""), chosen);
}

function tokenFrom(text: string): TokenSet {
  const token = JSON.parse(text) as Omit<TokenSet, "expiresAt"> & { readonly expiresAt: string | null };
  return { ...token, expiresAt: token.expiresAt === null ? null : new Date(token.expiresAt) };
}
