import type { MetricName } from "../contract/capabilities.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { type Images, ownPins, type Pin, type PinMedia, type PinterestCall, pin } from "./api.ts";
import { published } from "./publish.ts";

const pageSize = 250; // the most Pinterest gives
const maxPosts = 100;

/** When a Pin was made: UTC, of which Pinterest leaves out the zone. An invalid date where it does not say. */
export function madeAt({ created_at: at }: Pin): Date {
  return new Date(at === undefined || /Z|[+-]\d\d:?\d\d$/i.test(at) ? (at ?? Number.NaN) : `${at}Z`);
}

/** The account's own Pins since then, on whichever board. https://developers.pinterest.com/docs/api/v5/pins-list (checked 2026-11) */
export async function recent(since: Date, call: PinterestCall): Promise<readonly SourcePost[]> {
  const { items } = await ownPins(call, new URLSearchParams({ page_size: String(pageSize) }));
  return items
    .filter((item) => madeAt(item).getTime() >= Math.floor(since.getTime() / 1000) * 1000) // it tells whole seconds
    .sort((a, b) => madeAt(b).getTime() - madeAt(a).getTime())
    .slice(0, maxPosts)
    .map((item) => sourcePost(item, call));
}

function sourcePost(item: Pin, call: PinterestCall): SourcePost {
  const { externalId, externalUrl } = published(item.id, call);
  const words = [item.title, item.description].filter((part) => typeof part === "string" && part !== "");
  return {
    externalId,
    externalUrl,
    text: words.join("\n"),
    link: item.link || null,
    media: item.media ? filesOf(item.media, item.alt_text ?? "") : [],
    language: null,
    createdAt: madeAt(item),
    isReply: false, // there are comments on Pinterest, but none that are Pins
    isRepost: Boolean(item.parent_pin_id),
  };
}

/** The one alt text of a Pin stands with its first file. Of most videos Pinterest shows an app the cover only. */
function filesOf(media: PinMedia, altText: string): SourcePost["media"] {
  const pictures = media.items?.map(({ images }) => images) ?? [media.images];
  const files =
    media.media_type === "video"
      ? [{ url: media.video_url ?? undefined, kind: "video" as const }]
      : pictures.map((images) => ({ url: largest(images), kind: "image" as const }));
  return files.map(({ url = null, kind }, index) => ({ url, kind, altText: index === 0 ? altText : "" }));
}

function largest(images: Images | undefined): string | undefined {
  const sizes = ["originals", "1200x", "600x", "400x300", "150x150"];
  return sizes.map((size) => images?.[size]?.url).find((url) => url !== undefined);
}

/** Since the Pin was made, as far as Pinterest counts. https://developers.pinterest.com/docs/api/v5/pins-get (checked 2026-11) */
export async function metrics(
  externalId: string,
  call: PinterestCall,
): Promise<Partial<Record<MetricName, number>>> {
  const { pin_metrics: counted } = await pin(call, externalId);
  const counts = counted?.lifetime_metrics ?? counted?.["90d"] ?? {};
  const named: Readonly<Record<string, unknown>> = {
    views: counts.impression,
    likes: counts.reaction,
    replies: counts.comment,
    clicks: counts.outbound_click ?? counts.clickthrough,
    saves: counts.save,
  };
  return Object.fromEntries(Object.entries(named).filter(([, count]) => typeof count === "number"));
}
