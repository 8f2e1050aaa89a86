import { isUrl } from "../is-url.ts";
import type { Utm } from "./link.ts";

const address = /https?:\/\/[^\s<>"]+/giu;
const punctuation = /[.,;:!?)\]}'»”…]+$/u;

/** Marks links to one's own sites, so that they can be told apart there. What is marked already stays. */
export function markLinks(text: string, utm: Utm): string {
  return text.replace(address, (found) => {
    const after = punctuation.exec(found)?.[0] ?? "";
    return markLink(found.slice(0, found.length - after.length), utm) + after;
  });
}

/** @returns the same where it leads elsewhere, or is no address */
export function markLink(link: string, { hosts, ...values }: Utm): string {
  if (!isUrl(link)) return link;
  const url = new URL(link);
  if (!hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))) return link;
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && !url.searchParams.has(`utm_${name}`))
      url.searchParams.set(`utm_${name}`, value);
  return url.href;
}
