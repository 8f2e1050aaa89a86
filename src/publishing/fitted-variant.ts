import { fitOf, wishOf } from "../adapters/contract/fit.ts";
import type { ClaimedDelivery } from "../db/hot/claim.ts";
import type { Variant } from "../domain/post.ts";
import { fitMedia } from "../media/fit-media.ts";
import type { Engine } from "./engine.ts";

/** The variant with its pictures as the platform takes them, made before the moment where there is time for it. */
export async function fittedVariant(
  { world }: Pick<Engine, "world">,
  { workspaceId, platform, variant }: Pick<ClaimedDelivery, "workspaceId" | "platform" | "variant">,
): Promise<Variant> {
  if (variant.media.length === 0) return variant;
  const { types } = world.adapters[platform].capabilities.media;
  const media = await Promise.all(
    variant.media.map(async (item) => {
      const fit = fitOf(types[item.kind], item, wishOf(variant));
      if (!fit) return item;
      const { id, mimeType, width, height, bytes } = await fitMedia(world, workspaceId, item.id, fit);
      return { ...item, id, mimeType, width, height, bytes };
    }),
  );
  return { ...variant, media };
}
