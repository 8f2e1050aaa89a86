import { z } from "zod";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";

/** Our words where a schema has none of its own. */
z.config({ localeError: (issue) => wordsFor(issue as z.core.$ZodRawIssue) });

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function wordsFor(issue: z.core.$ZodRawIssue): string {
  const most = { string: "is longer than % characters", array: "has more than % items" };
  const least = { string: "has fewer than % characters", array: "has fewer than % items" };
  const sized = (words: Record<string, string>, other: string, size: unknown) =>
    (words[String(issue.origin)] ?? other).replace("%", String(size));
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case "too_big":
      return sized(most, "must be at most %", issue.maximum);
    case "too_small":
      return sized(least, "must be at least %", issue.minimum);
    case "invalid_value":
      return `must be ${issue.values.map(String).join(" or ")}`;
    case "invalid_key":
      return issue.issues[0]?.message ?? "is not a name for this";
    default:
      return "format" in issue && issue.format === "datetime"
        ? "must be a moment with its offset, like 2026-12-01T10:00:00Z"
        : "is not of the documented form";
  }
}

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
