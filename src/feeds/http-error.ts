import { FeedError } from "./feed-error.ts";

const longestWaitMs = 7 * 24 * 60 * 60 * 1000;

/** What a status other than 2xx means for the feed. */
export function httpError(status: number, headers: Headers): FeedError {
  const retryAfterMs = status === 429 || status === 503 ? waitOf(headers) : undefined;
  const detail = retryAfterMs === undefined ? { status } : { status, retryAfterMs };
  return new FeedError("feed_http", words(status), detail);
}

function words(status: number): string {
  if (status === 401 || status === 403)
    return `The site does not let us read this address (it answers ${status}). The feed has to be open to everyone; if a firewall keeps robots out, ask whoever runs the site to let feed readers in.`;
  if (status === 404)
    return "There is nothing at this address (the site answers 404). Check it, or look for the feed's address on the site.";
  if (status === 410)
    return "The site has taken this feed down for good (it answers 410). Look for its new address on the site, or remove it here.";
  if (status === 429)
    return "The site says we ask too often (it answers 429). We will be able to read it again after a while.";
  if (status >= 500)
    return `The site has a problem of its own (it answers ${status}). Try again later; if it stays so, tell whoever runs the site.`;
  return `The site did not give us the feed (it answers ${status}). Open the address in a browser to see what is wrong.`;
}

/** Retry-After: seconds, or a moment by the site's own clock, which its answer shows. Unit: milliseconds. */
function waitOf(headers: Headers): number | undefined {
  const wait = headers.get("retry-after") ?? "";
  const ms = /^\d{1,10}$/.test(wait)
    ? Number(wait) * 1000
    : Date.parse(wait) - Date.parse(headers.get("date") ?? "");
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestWaitMs);
}
