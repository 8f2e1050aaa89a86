import type { z } from "zod";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";

/** What a schema found wrong, as a 400 that points at every field. */
export function zodRefusal(error: z.ZodError): Refusal {
  const issues = error.issues.flatMap(toIssues);
  const [first] = issues;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  const detail = first
    ? `${first.pointer || "The body"}: ${first.message}${more}`
    : "The request is not valid.";
  return new Refusal("invalid_request", detail, { issues });
}

/** A JSON pointer (RFC 6901). */
export function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function toIssues(issue: z.core.$ZodIssue): RefusalIssue[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      code: "unknown_field",
      message: "is not a field here",
    }));
  return [{ pointer: pointerTo(issue.path), code: codeOf(issue), message: issue.message }];
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return issue.input === undefined ? "field_missing" : "wrong_type";
  if (issue.code === "too_big" || issue.code === "too_small") return issue.code;
  return "invalid_value";
}
