import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { z } from "zod";
import { findSigned } from "../../media/find-signed.ts";
import { noSuchFile, type Part } from "../../media/shelf.ts";
import { type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";
import { signature } from "../schemas/media.ts";

/**
 * How platforms that fetch media get at a file, and how browsers show one. The bytes pass through us wherever they lie:
 * an address at the bucket would name its key and outlive our own, and some platforms do not follow a redirect.
 */
export const signedMediaRoute: Route = route({
  method: "get",
  path: "/media/:id",
  scope: "open",
  tag: "Media",
  summary: "A file's bytes, by a signed address",
  description:
    "`url` of a file leads here. The address ends after some hours; a part can be asked for with `Range`.",
  params: z.object({ id: id("med") }),
  query: signature,
  answers: {
    200: { description: "The bytes", type: "application/octet-stream" },
    206: { description: "The part that was asked for", type: "application/octet-stream" },
  },
  refuses: ["storage_unavailable"],
  async handle({ world, params, query, request, response }) {
    const file = await findSigned(world, params.id, query.exp, query.sig);
    if (!file) throw noSuchFile();
    const asked = askedFor(request, file.bytes);
    const isRead = asked !== "beyond" && request.method !== "HEAD";
    const bytes = isRead ? await world.media.read(file.storageKey, asked) : undefined;
    const extension = file.mimeType.split("/")[1] ?? "bin";
    response.setHeader("Content-Type", file.mimeType);
    // A file of a stranger must never run as a page of ours, whatever hides in it.
    response.setHeader("Content-Disposition", `attachment; filename="${params.id}.${extension}"`);
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cache-Control", "private, max-age=3600");
    tellLength(response, file.bytes, asked);
    if (bytes) await pipeline(bytes, response).catch(() => response.destroy());
    else response.end();
    return undefined;
  },
});

/** Undefined: all of it. Several parts at once are not given: the whole is. */
function askedFor(request: Request, bytes: number): Part | "beyond" | undefined {
  const ranges = request.range(bytes);
  if (ranges === -1) return "beyond";
  const [only, ...more] = typeof ranges === "object" && ranges.type === "bytes" ? ranges : [];
  return more.length === 0 ? only : undefined;
}

function tellLength(response: Response, bytes: number, asked: Part | "beyond" | undefined): void {
  response.setHeader("Accept-Ranges", "bytes");
  if (asked === "beyond") {
    response.status(416).setHeader("Content-Range", `bytes */${bytes}`);
    return;
  }
  response.setHeader("Content-Length", asked ? asked.end - asked.start + 1 : bytes);
  if (asked) response.status(206).setHeader("Content-Range", `bytes ${asked.start}-${asked.end}/${bytes}`);
}
