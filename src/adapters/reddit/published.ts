import { isUrl } from "../../domain/is-url.ts";
import type { Call, Published } from "../contract/adapter.ts";

export interface Comment {
  /** With its kind: `t1_…`. */
  readonly name: string;
  /** Below the website's host. */
  readonly permalink?: unknown;
}

/** @param url what Reddit calls the page; where it does not, an address that leads there */
export function published(
  fullname: string,
  url: string | undefined,
  call: Pick<Call<unknown>, "baseUrl">,
): Published {
  const isWeb = url !== undefined && isUrl(url) && /^https?:/.test(url);
  const page = `${call.baseUrl.web}/comments/${fullname.slice(3)}/`;
  return { state: "published", externalId: fullname, externalUrl: isWeb ? url : page };
}

export function publishedComment(
  { name, permalink }: Comment,
  rootId: string,
  call: Pick<Call<unknown>, "baseUrl">,
): Published {
  const path = typeof permalink === "string" && /^\/[^/]/.test(permalink) ? permalink : undefined;
  const page = path ?? `/comments/${rootId.slice(3)}/_/${name.slice(3)}/`;
  return published(name, `${call.baseUrl.web}${page}`, call);
}
