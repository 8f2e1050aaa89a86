import type { Request } from "express";
import { Refusal } from "../domain/refusal.ts";

/** @throws Refusal `invalid_request` for a key that is empty, long or not printable */
export function idempotencyKeyOf(request: Request): string | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (typeof key === "string" && /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new Refusal("invalid_request", "Idempotency-Key takes 1 to 255 printable ASCII characters.");
}
