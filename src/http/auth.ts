import type { Request } from "express";
import { Refusal } from "../domain/refusal.ts";
import { type Caller, identifyCaller } from "../publishing/identify-caller.ts";
import type { World } from "../publishing/world.ts";
import type { Scope } from "./route.ts";

const keyShape = /^clr_[\x21-\x7e]{24,200}$/;

/**
 * Who is asking, by the API key.
 * @param page a page for browsers, which may send the key as a password
 * @throws Refusal `unauthorized`
 */
export async function authenticate(world: World, request: Request, page: boolean): Promise<Caller> {
  const key = bearer(request) ?? (page ? password(request) : undefined);
  if (key === undefined)
    throw new Refusal("unauthorized", "Send your API key as `Authorization: Bearer clr_…`.");
  const caller = keyShape.test(key) ? await identifyCaller(world, key) : undefined;
  if (!caller) throw new Refusal("unauthorized", "This API key is not known, has expired or was revoked.");
  return caller;
}

/** @throws Refusal `missing_scope` */
export function requireScope(scopes: readonly string[], needed: Scope): void {
  if (!scopes.includes(needed))
    throw new Refusal("missing_scope", `This needs an API key with the scope \`${needed}\`.`);
}

/** Whether the request would be let in again now. */
export async function isAllowed(world: World, request: Request, scope: Scope): Promise<boolean> {
  const key = bearer(request);
  const caller = key === undefined ? undefined : await identifyCaller(world, key);
  return caller?.scopes.includes(scope) ?? false;
}

function bearer(request: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "")?.[1];
}

function password(request: Request): string | undefined {
  const encoded = /^Basic +([\w+/=]+) *$/i.exec(request.headers.authorization ?? "")?.[1];
  return encoded && /:(.*)$/.exec(Buffer.from(encoded, "base64").toString("utf8"))?.[1];
}
