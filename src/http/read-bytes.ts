import express, { type Request, type Response } from "express";

/** A body as it came, whatever it is. @throws what Express's reader throws */
export async function readBytes(request: Request, response: Response, maxBytes: number): Promise<Uint8Array> {
  const read = express.raw({ limit: maxBytes, type: () => true });
  await new Promise<void>((resolve, reject) =>
    read(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error))),
  );
  return Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
}
