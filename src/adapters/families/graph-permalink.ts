import { isUrl } from "../../domain/is-url.ts";
import type { Published } from "../contract/adapter.ts";
import { type GraphCall, graphRequest } from "./graph-api.ts";
import type { GraphPlatform } from "./graph-errors.ts";

/** The post is public whatever comes of this: a failed look is no failure. */
export async function permalinkOf(
  id: string,
  call: GraphCall,
  platform: GraphPlatform,
): Promise<string | undefined> {
  try {
    const query = { fields: "permalink" };
    const node = await graphRequest<{ permalink?: string }>(call, platform, {
      method: "GET",
      path: id,
      query,
    });
    return node.permalink;
  } catch {
    return undefined;
  }
}

/**
 * @param url as the platform gives it
 * @param otherwise where to look when it gives none that can be opened
 */
export function publishedAt(externalId: string, url: string | undefined, otherwise: string): Published {
  const isWeb = url !== undefined && isUrl(url) && /^https?:/.test(url);
  return { state: "published", externalId, externalUrl: isWeb ? url : otherwise };
}
