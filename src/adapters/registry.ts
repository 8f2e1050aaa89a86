import { type Platform, platforms } from "../domain/platform.ts";
import type { Adapter } from "./contract/adapter.ts";

type Adapters = Record<Platform, Adapter<never>>;

/** Every platform we can publish to: what each name's folder exports under that name. */
export const adapters: Readonly<Adapters> = await findAdapters();

async function findAdapters(): Promise<Adapters> {
  const found: Partial<Adapters> = {};
  for (const platform of platforms) {
    const folder = (await import(`./${platform}/index.ts`)) as Adapters;
    found[platform] = folder[platform];
  }
  return found as Adapters;
}
