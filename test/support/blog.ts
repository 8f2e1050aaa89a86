import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Article {
  readonly path: string;
  readonly title: string;
  readonly text: string;
  /** Where it leads, if not to the blog itself. */
  readonly link?: string;
  readonly picture?: { readonly bytes: Uint8Array; readonly altText: string };
}

export type Blog = Awaited<ReturnType<typeof startBlog>>;

/**
 * A small blog with an Atom feed at `/feed`, on a port of its own; pictures are served beside it.
 * @param hub the address of one that it names in its feed
 */
export async function startBlog(port = 0, hub?: string) {
  const articles: Article[] = [];
  let answer: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  let [asked, unchanged] = [0, 0];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://blog");
    const article = articles.find(({ path }) => `${path}.jpg` === pathname);
    if (article?.picture)
      return response.writeHead(200, { "content-type": "image/jpeg" }).end(article.picture.bytes);
    if (pathname !== "/feed") return response.writeHead(404).end();
    asked++;
    if (answer) return answer(request, response);
    const body = feedOf(origin, articles, hub);
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 16)}"`;
    if (request.headers["if-none-match"] === etag) {
      unchanged++;
      return response.writeHead(304).end();
    }
    return response.writeHead(200, { "content-type": "application/atom+xml", etag }).end(body);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    feed: `${origin}/feed`,
    /** How often the feed was asked for, and how often it answered that nothing is new. */
    asked: () => ({ asked, unchanged }),
    write: (article: Article) => void articles.unshift(article),
    /** Instead of the feed; null: the feed again. */
    breaks(how: typeof answer) {
      answer = how;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function feedOf(origin: string, articles: readonly Article[], hub?: string): string {
  const links = hub ? `<link rel="hub" href="${hub}"/><link rel="self" href="${origin}/feed"/>` : "";
  const entries = articles.map(({ path, title, text, picture, link = `${origin}${path}` }) => {
    const image = picture ? `<img src="${path}.jpg" alt="${picture.altText}">` : "";
    const content = `<p>${text}</p>${image}`.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return `<entry><id>${origin}${path}</id><title>${title}</title><link href="${link}"/>
      <updated>${new Date().toISOString().slice(0, 10)}T23:59:59Z</updated><content type="html">${content}</content></entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="az">
    <title>Water blog</title><id>${origin}</id>${links}${entries.join("")}</feed>`;
}
