import { randomBytes } from "node:crypto";

/** Made by us, never taken from the request: what a log line says must not be up to its subject. */
export function newRequestId(): string {
  return `req_${randomBytes(12).toString("hex")}`;
}
