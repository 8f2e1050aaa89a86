import type { ErrorRequestHandler, Response } from "express";
import type { Logger } from "pino";
import { Refusal } from "../domain/refusal.ts";
import { databaseIsAway } from "../publishing/readiness.ts";
import { problemKinds } from "./problem-kinds.ts";

/** The one place where errors become answers (RFC 9457). Nothing of an unexpected error is shown, only its number. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const refusal = toRefusal(error);
    if (refusal.code === "internal" || refusal.code === "unavailable")
      log.error({ requestId: response.locals.requestId, ...traceOf(error) }, "request failed");
    if (response.headersSent) response.destroy();
    else sendProblem(response, refusal);
  };
}

/** A refusal as the members of a problem document. */
export function problemOf(refusal: Refusal): Record<string, unknown> & { readonly status: number } {
  const [status, title] = problemKinds[refusal.code];
  return {
    type: `/docs/errors#${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    ...(refusal.issues.length > 0 && { issues: refusal.issues }),
    ...refusal.facts,
  };
}

function sendProblem(response: Response, refusal: Refusal): void {
  const problem = problemOf(refusal);
  if (problem.status === 401) response.setHeader("WWW-Authenticate", challengeOf(response));
  if (problem.status === 503) response.setHeader("Retry-After", "5");
  response.status(problem.status).type("application/problem+json");
  response.end(JSON.stringify({ ...problem, requestId: response.locals.requestId }));
}

/** Browsers can only ask for a name and a password: pages take the key as the password. */
function challengeOf(response: Response): string {
  return response.locals.page
    ? 'Basic realm="Clarion: the API key is the password"'
    : 'Bearer realm="Clarion"';
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (databaseIsAway(error))
    return new Refusal(
      "unavailable",
      "The database cannot be reached. Nothing was changed; try again shortly.",
    );
  return (
    fromBodyReader(error) ?? new Refusal("internal", "This is our fault. Nothing more can be said here.")
  );
}

/** What Express and its body reader throw: `type` is theirs, the words are ours. */
function fromBodyReader(error: unknown): Refusal | undefined {
  const { type, status, code, message } = error as Partial<
    Record<"type" | "status" | "code" | "message", unknown>
  >;
  if (code === "ECONNRESET" && message === "aborted")
    return new Refusal("invalid_request", "The body did not arrive whole.");
  if (type === "entity.too.large")
    return new Refusal("too_large", "The body is larger than this call takes.");
  if (type === "charset.unsupported" || type === "encoding.unsupported")
    return new Refusal("wrong_content_type", "Send JSON in UTF-8, plain or gzip.");
  if (type === "entity.parse.failed") return new Refusal("malformed_json", "The body is not valid JSON.");
  if (typeof status === "number" && status >= 400 && status < 500)
    return new Refusal("invalid_request", "The request could not be read.");
  return undefined;
}

/** Where it happened, without the message: messages of databases and parsers quote what people wrote. */
function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, constraint } = { ...error, ...(error.cause as object) } as {
    code?: unknown;
    constraint?: unknown;
  };
  const frames = (error.stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  return { error: error.name, code, constraint, frames: frames.slice(0, 12).map((line) => line.trim()) };
}
