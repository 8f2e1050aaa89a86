import type { Request, Response } from "express";
import { Refusal } from "../domain/refusal.ts";
import type { Caller } from "../publishing/identify-caller.ts";
import type { World } from "../publishing/world.ts";
import { authenticate, requireScope } from "./auth.ts";
import { addressGroup, createRateLimits } from "./rate-limit.ts";
import type { Scope } from "./route.ts";

/** Lets a request in, or throws the Refusal it gets. */
export type Gate = (request: Request, response: Response, scope: Scope | null) => Promise<Caller>;

/** Key, then pace, then scope. Guessing keys is slowed down per address; a good key is never kept out by that. */
export function createGate(world: World, requestsPerMinute: number): Gate {
  const limits = createRateLimits(requestsPerMinute);
  return async (request, response, scope) => {
    const caller = await authenticate(world, request, response.locals.page === true).catch(async (error) => {
      if (error instanceof Refusal) await limits.failures(addressGroup(request.ip), response);
      throw error;
    });
    response.locals.workspaceId = caller.workspaceId;
    await limits.requests(caller.keyId, response);
    if (scope) requireScope(caller.scopes, scope);
    return caller;
  };
}
