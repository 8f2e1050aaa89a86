import express, { type Request, type Response } from "express";
import { Refusal } from "../domain/refusal.ts";

const maxBytes = 64 * 1024;

/** A form as browsers send it. @throws Refusal, or what Express's reader throws */
export async function readForm(request: Request, response: Response): Promise<URLSearchParams> {
  if (!request.is("application/x-www-form-urlencoded"))
    throw new Refusal("wrong_content_type", "This page takes a form.");
  const read = express.text({ limit: maxBytes, type: () => true });
  await new Promise<void>((resolve, reject) =>
    read(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error))),
  );
  return new URLSearchParams(typeof request.body === "string" ? request.body : "");
}
