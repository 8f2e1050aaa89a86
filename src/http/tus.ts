import { Readable } from "node:stream";
import { MemoryLocker, Server, type Upload } from "@tus/server";
import { z } from "zod";
import { Refusal } from "../domain/refusal.ts";
import { maxUploadBytes } from "../media/media-type.ts";
import { tooLarge } from "../media/store.ts";
import { newUploadId } from "../media/uploads.ts";
import { drain } from "./drain.ts";
import { refuseOddJson } from "./odd-json.ts";
import type { Ask, Reply } from "./route.ts";
import { altText } from "./schemas/media.ts";
import { tusStore } from "./tus-store.ts";
import { zodRefusal } from "./zod-refusal.ts";

/** What of a request is tus: POST, HEAD and PATCH. @throws Refusal */
export type Tus = (ask: Ask<unknown, unknown, unknown>) => Promise<Reply>;

type TusRequest = Parameters<Server["handleWeb"]>[0];

export const uploadsPath = "/v1/media/uploads";

const metadata = z.object({ altText: altText.default("") });
const asked = ["tus-resumable", "content-type", "content-length"];
const told = ["tus-resumable", "upload-offset", "upload-length", "upload-metadata", "location"];
const bufferBytes = 1024 * 1024;

/**
 * The tus protocol 1.0: https://tus.io/protocols/resumable-upload (checked 2026-11). The library speaks it; who may, where
 * the bytes lie, what is refused and in which words is ours.
 */
export function createTus(): Tus {
  const locker = new MemoryLocker();
  return async ({ world, workspaceId, request, response }) => {
    let failure: unknown;
    response.setHeader("Tus-Resumable", "1.0.0");
    const server = new Server({
      path: uploadsPath,
      relativeLocation: true,
      datastore: tusStore(world, workspaceId),
      locker,
      maxSize: maxUploadBytes,
      namingFunction: newUploadId,
      onUploadCreate: async (_request, upload) => ({ metadata: checked(upload) }),
      onResponseError: (_request, error) => {
        failure = error;
        return undefined;
      },
    });
    const answer = await server.handleWeb(toWeb(request, response));
    if (answer.ok) return { status: answer.status, headers: headersOf(answer) };
    drain(request);
    throw toRefusal(failure ?? { status_code: answer.status, body: await answer.text() });
  };
}

/** Only alt text is kept of what a client says of its file: names of files may tell more than they should. */
function checked({ size, metadata: given }: Upload) {
  if (size === 0) throw new Refusal("invalid_request", "Upload-Length: the file is empty.");
  const parsed = metadata.safeParse({ altText: given?.altText ?? undefined });
  if (!parsed.success) throw zodRefusal(parsed.error);
  refuseOddJson(parsed.data);
  return parsed.data;
}

/** With limited patience in between: the disk may be slower than the line. */
function toWeb(request: Ask<0, 0, 0>["request"], response: Ask<0, 0, 0>["response"]): TusRequest {
  const headers = Object.entries(request.headers).filter(
    ([name]) => asked.includes(name) || name.startsWith("upload-"),
  ) as [string, string][];
  const strategy = new ByteLengthQueuingStrategy({ highWaterMark: bufferBytes });
  const body = request.method === "PATCH" && Readable.toWeb(request, { strategy });
  const web = new Request(new URL(request.path, "http://localhost"), {
    method: request.method,
    headers: body ? headers : headers.filter(([name]) => !name.startsWith("content-")),
    ...(body && { body, duplex: "half" }),
  } as RequestInit);
  // Where the client goes away, what has arrived is still written.
  return Object.assign(web, {
    runtime: { name: "node", node: { req: request, res: response } },
  }) as TusRequest;
}

function headersOf(answer: Response): Record<string, string> {
  return Object.fromEntries([...answer.headers].filter(([name]) => told.includes(name)));
}

/** The library's refusals in our words. */
function toRefusal(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const { status_code: status, body = "" } = error as { status_code?: number; body?: string };
  if (status === 404 || status === 410)
    return new Refusal("not_found", "There is no upload with this id, or not any more: begin it anew.");
  if (status === 409)
    return new Refusal(
      "wrong_state",
      "The upload stands elsewhere: ask by HEAD, and go on from Upload-Offset.",
    );
  if (status === 413)
    return body.startsWith("upload's") // more than was announced
      ? new Refusal("too_large", "This is more than Upload-Length said.")
      : tooLarge(maxUploadBytes);
  if (status === 500 && body.includes("lock"))
    return new Refusal("wrong_state", "Another request is at this upload; try again.");
  if (status !== undefined && status !== 500)
    return new Refusal("invalid_request", `The request is not as tus 1.0 asks: ${body.trim()}.`);
  return error;
}
