/** Conditions that are joined by `and`, with their parameters numbered as they come. */
export interface Where {
  /** `sql` has a `?` for each value. Nothing is added for `undefined`. */
  and(sql: string, ...values: readonly unknown[]): Where;
  readonly sql: string;
  readonly values: readonly unknown[];
}

export function where(): Where {
  const parts: string[] = [];
  const values: unknown[] = [];
  const built: Where = {
    and(sql, ...given) {
      if (given.some((value) => value === undefined)) return built;
      const rest = [...given];
      parts.push(sql.replaceAll("?", () => `$${values.push(rest.shift())}`));
      return built;
    },
    get sql() {
      return parts.join(" and ");
    },
    values,
  };
  return built;
}
