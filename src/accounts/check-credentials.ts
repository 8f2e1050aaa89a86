import type { CredentialField } from "../adapters/contract/adapter.ts";
import { Refusal, type RefusalIssue } from "../domain/refusal.ts";
import type { Credentials } from "./credentials.ts";

const maxLength = 8192;

/**
 * Credentials as the platform's adapter names them, without surrounding blanks; and when they end, if that was said.
 * @throws Refusal `invalid_request` with a pointer per field, and never a value
 */
export function checkCredentials(
  fields: readonly CredentialField[],
  given: Credentials,
): { readonly credentials: Credentials; readonly expiresAt: Date | null } {
  const { expiresAt, ...values } = given;
  const trimmed = Object.entries(values).map(([name, value]) => [name, value.trim()] as const);
  const issues = [
    ...fields.flatMap((field) => missing(field, values)),
    ...trimmed.flatMap(([name, value]) => wrong(fields, name, value)),
    ...(expiresAt === undefined || isInstant(expiresAt)
      ? []
      : [issue("expiresAt", "invalid_value", "must be an ISO 8601 time")]),
  ];
  const [first] = issues;
  if (first) throw new Refusal("invalid_request", `${first.pointer}: ${first.message}`, { issues });
  const kept = trimmed.filter(([, value]) => value !== "");
  return {
    credentials: Object.fromEntries(kept),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
  };
}

function missing({ name, label, required }: CredentialField, values: Credentials): RefusalIssue[] {
  if (!required || (values[name] ?? "").trim() !== "") return [];
  return [issue(name, "field_missing", `is needed: ${label}`)];
}

function wrong(fields: readonly CredentialField[], name: string, value: string): RefusalIssue[] {
  if (!fields.some((field) => field.name === name))
    return [issue(name, "unknown_field", "is not a field here")];
  if (value.length > maxLength) return [issue(name, "too_big", `has more than ${maxLength} characters`)];
  if (/[^\x20-\x7e]/.test(value)) return [issue(name, "invalid_value", "holds characters no credential has")];
  return [];
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
}

function issue(name: string, code: string, message: string): RefusalIssue {
  const pointer = `/credentials/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
  return { pointer, code, message };
}
