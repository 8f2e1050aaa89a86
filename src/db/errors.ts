/** PostgreSQL refused a row because its unique key is taken. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as Error & { code?: string }).code === "23505";
}

/** Two transactions waited for each other's rows, and PostgreSQL ended this one: nothing of it was kept. */
export function isDeadlock(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return error instanceof Error && (code ?? cause?.code) === "40P01";
}

/** PostgreSQL cannot take one of these values, now or ever: a key that is taken, a broken character, a number too large. */
export function isRefusedValue(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === "string" && /^(22|23|54)/.test(code);
}
