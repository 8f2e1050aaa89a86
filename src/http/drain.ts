import type { Request } from "express";

const drainMs = 5000;

/** Many clients read an answer only when they have sent everything: the rest is read past, but not for long. */
export function drain(request: Request): void {
  const timer = setTimeout(() => request.destroy(), drainMs).unref();
  request.once("close", () => clearTimeout(timer)).resume();
}
