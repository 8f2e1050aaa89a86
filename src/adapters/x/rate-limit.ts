import type { HttpAnswer } from "../contract/adapter.ts";
import { msUntil } from "../contract/transport.ts";

/** X counts in several windows at once: only the end of those that are used up helps. */
export function msUntilReset(headers: HttpAnswer["headers"], now: Date): number | undefined {
  const windows = ["x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour"];
  const resets = windows
    .filter((window) => Number(headers.get(`${window}-remaining`) ?? "1") <= 0)
    .map((window) => Number(headers.get(`${window}-reset`) ?? "NaN") * 1000)
    .filter((resetMs) => resetMs > 0);
  return resets.length === 0 ? undefined : msUntil(new Date(Math.max(...resets)), now);
}
