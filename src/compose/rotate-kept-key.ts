import { adoptNextSecretKey, keptKeys, nextSecretKey } from "../../config/secret-key.ts";
import { type Rotated, rotateKey } from "../accounts/rotate-key.ts";
import { createVaultOn } from "../accounts/vault.ts";
import type { Database } from "../db/database.ts";

type Step = "made" | "wrapped" | "adopted";

/**
 * Puts a new key in the place of the one in the data folder, while a server works on both or none does. From the moment
 * the new key lies there everybody seals with it; whoever meets a row under it that they do not know looks for it. The
 * old key stays beside it until nobody needs it (`retire-earlier-key.ts`). Killed at any line, it goes on when run again.
 * @param others keys besides, that may have sealed what lies there
 * @param step called at the named points; tests stop it there
 */
export async function rotateKeptKey(
  db: Database,
  dataDir: string,
  others: readonly Buffer[] = [],
  step: (at: Step) => void = () => undefined,
): Promise<Rotated> {
  nextSecretKey(dataDir);
  step("made");
  const vault = createVaultOn(keptKeys(dataDir, others));
  const sums = await rotateKey({ db, vault });
  step("wrapped");
  // Who had sealed under the old key a moment before may have written it since.
  const again = await rotateKey({ db, vault });
  adoptNextSecretKey(dataDir);
  step("adopted");
  return { rotated: sums.rotated + again.rotated, unreadable: again.unreadable };
}
