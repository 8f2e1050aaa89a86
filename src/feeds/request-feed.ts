import { errorCode } from "../adapters/contract/transport.ts";
import { FeedError } from "./feed-error.ts";
import { httpError } from "./http-error.ts";
import { webUrl } from "./web-url.ts";

export interface Known {
  /** As the last answer gave them. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface Found {
  readonly answer: Response;
  /** Where it was found, after all redirects. */
  readonly url: string;
}

const maxRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
const accept =
  "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, " +
  "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1";

/** One GET, through redirects: an answer with a 2xx status, or 304. @throws FeedError for everything else */
export async function requestFeed(
  fetch: typeof globalThis.fetch,
  address: string,
  known: Known,
  signal: AbortSignal,
): Promise<Found> {
  let url = webUrl(address, address) ?? refuseAddress();
  const headers = {
    accept,
    "user-agent": "Clarion (self-hosted post scheduler; reads feeds)",
    ...(known.etag === null ? {} : { "if-none-match": known.etag }),
    ...(known.lastModified === null ? {} : { "if-modified-since": known.lastModified }),
  };
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const answer = await get(fetch, url, { headers, signal, redirect: "manual" });
    if (answer.ok || answer.status === 304) return { answer, url };
    await letGo(answer);
    const target = redirects.has(answer.status) ? answer.headers.get("location") : null;
    if (target === null) throw httpError(answer.status, answer.headers);
    url = redirected(url, target);
  }
  throw new FeedError(
    "feed_unreachable",
    "The site sends us from one address to the next without end. Open the address in a browser and use the one you end up at.",
  );
}

async function get(fetch: typeof globalThis.fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw unreachable(cause);
  }
}

/** Not read to its end; its connection is closed. */
export async function letGo(answer: Response): Promise<void> {
  await answer.body?.cancel().catch(() => undefined);
}

function redirected(from: string, target: string): string {
  const url = webUrl(target, from);
  if (url === null)
    throw new FeedError(
      "feed_unreachable",
      "The site sends us on to something that is not a web address. Open the address in a browser and use the one you end up at.",
    );
  if (from.startsWith("https:") && !url.startsWith("https:"))
    throw new FeedError(
      "feed_unreachable",
      "The site sends us from an encrypted address to one that is not. We do not follow, because anybody on the way could change what we would post. Ask whoever runs the site to redirect to https.",
    );
  return url;
}

function refuseAddress(): never {
  throw new FeedError(
    "feed_unreachable",
    "This is not an address we can read. It has to start with https:// or http:// and have no user name or password in it.",
  );
}

/** What a failed connection or a broken-off body means. */
export function unreachable(cause: unknown): FeedError {
  const code = errorCode(cause) ?? "";
  if (code === "CLARION_ADDRESS_REFUSED")
    return new FeedError(
      "feed_address_refused",
      "This address leads into a private network or to an unusual port, where we do not go. Use the feed's public address; whoever runs Clarion can allow others (ALLOWED_PRIVATE_HOSTS).",
    );
  if (tooLarge.has(code)) return feedTooLarge();
  const [what, help] = slow.has(code)
    ? ["The site did not answer in time.", "We will be able to read it when the site is faster again."]
    : ["The site could not be reached.", "Check the address, and whether it opens in a browser."];
  return new FeedError("feed_unreachable", `${what} ${help}`);
}

const tooLarge = new Set(["UND_ERR_RES_EXCEEDED_MAX_SIZE", "CLARION_ANSWER_TOO_LARGE"]);
const slow = new Set([
  "TimeoutError",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

export function feedTooLarge(): FeedError {
  return new FeedError(
    "feed_too_large",
    "The feed is larger than 5 MB, which is more than we read. Ask whoever runs the site to list fewer articles in it; the latest twenty are enough.",
  );
}
