import type { Response } from "express";
import { z } from "zod";
import { Refusal } from "../../domain/refusal.ts";
import { findSigned } from "../../media/find-signed.ts";
import type { MediaStore } from "../../media/store.ts";
import { type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";
import { signature } from "../schemas/media.ts";

/** How platforms that fetch media get at a file, and how browsers show one. */
export const signedMediaRoute: Route = route({
  method: "get",
  path: "/media/:id",
  scope: "open",
  tag: "Media",
  summary: "A file's bytes, by a signed address",
  description:
    "`url` of a file leads here. The address ends after some hours; parts can be asked for with `Range`.",
  params: z.object({ id: id("med") }),
  query: signature,
  answers: { 200: { description: "The bytes", type: "application/octet-stream" } },
  async handle({ world, params, query, response }) {
    const file = await findSigned(world, params.id, query.exp, query.sig);
    if (!file) throw gone();
    const extension = file.mimeType.split("/")[1] ?? "bin";
    response.setHeader("Content-Type", file.mimeType);
    // A file of a stranger must never run as a page of ours, whatever hides in it.
    response.setHeader("Content-Disposition", `attachment; filename="${params.id}.${extension}"`);
    response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    response.setHeader("Cache-Control", "private, max-age=3600");
    await sendFile(response, world.media, file.storageKey);
    return undefined;
  },
});

function sendFile(response: Response, store: MediaStore, storageKey: string): Promise<void> {
  store.pathOf(storageKey); // refuses what is no storage key
  return new Promise((resolve, reject) => {
    response.sendFile(storageKey, { root: store.folder, cacheControl: false }, (error?: Error) => {
      if (!error || response.headersSent || response.destroyed) return resolve();
      if ((error as { status?: unknown }).status === 416) return resolve(void response.status(416).end());
      reject(gone());
    });
  });
}

function gone(): Refusal {
  return new Refusal("not_found", "There is nothing at this address, or not any more.");
}
