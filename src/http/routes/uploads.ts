import { z } from "zod";
import { finishUpload, refusalOf } from "../../media/finish-upload.ts";
import { dropUpload, getUpload, type Upload } from "../../media/uploads.ts";
import { problemOf } from "../problem.ts";
import { type Ask, type Reply, type Route, route } from "../route.ts";
import { id } from "../schemas/common.ts";
import { beginHeaders, part, partHeaders, upload } from "../schemas/uploads.ts";
import { createTus, type Tus, uploadsPath } from "../tus.ts";

const params = z.object({ id: id("upl") });
const tag = "Media";

/** Large files in parts, by the tus protocol: what is here stays when the line breaks. */
export function uploadRoutes(): readonly Route[] {
  const tus = createTus();
  return [begin(tus), look(tus), send(tus), giveUp];
}

function begin(tus: Tus): Route {
  return route({
    method: "post",
    path: uploadsPath,
    scope: "write",
    tag,
    summary: "Begin an upload that can be interrupted",
    description:
      "By the tus protocol 1.0 (tus.io), which many clients speak. Then send the bytes to `Location` with PATCH, in one part or in many. After an interruption HEAD tells in `Upload-Offset` where to go on. Same kinds and limits as `POST /v1/media`; unfinished ones are forgotten after 48 hours.",
    headers: beginHeaders,
    reads: "own",
    answers: { 201: { description: "Begun; `Location` is its address" } },
    refuses: ["invalid_request", "too_large"],
    handle: (ask) => tus(ask),
  });
}

function look(tus: Tus): Route {
  return route({
    method: "get",
    path: `${uploadsPath}/:id`,
    scope: "write",
    tag,
    summary: "How far an upload is, and which file it became",
    description: "HEAD answers as tus asks: `Upload-Offset` and `Upload-Length`.",
    params,
    answers: { 200: { description: "As it stands", schema: upload } },
    async handle(ask) {
      if (ask.request.method === "HEAD") return tus(ask);
      const found = await getUpload(ask.world, ask.workspaceId, ask.params.id);
      return { status: 200, body: viewUpload(found) };
    },
  });
}

function send(tus: Tus): Route {
  return route({
    method: "patch",
    path: `${uploadsPath}/:id`,
    scope: "write",
    tag,
    summary: "Send a part of the file",
    description:
      "The answer to the last part has the new file's id in `Media-Id`. A file that is refused is refused here, as soon as that can be told.",
    params,
    headers: partHeaders,
    body: part,
    bodyTypes: { "application/offset+octet-stream": part },
    reads: "own",
    answers: { 204: { description: "It is here; `Upload-Offset` says how much there is now" } },
    refuses: [
      "wrong_state",
      "media_type_refused",
      "image_too_large",
      "media_unreadable",
      "storage_unavailable",
    ],
    handle: (ask) => receivePart(ask, tus),
  });
}

const giveUp: Route = route({
  method: "delete",
  path: `${uploadsPath}/:id`,
  scope: "write",
  tag,
  summary: "Give up an upload",
  description: "What it became, where it is finished, stays.",
  params,
  answers: { 204: { description: "Gone" } },
  async handle({ world, workspaceId, params: { id: uploadId } }) {
    await dropUpload(world, workspaceId, uploadId);
    return { status: 204, headers: { "Tus-Resumable": "1.0.0" } };
  },
});

async function receivePart(ask: Ask<{ id: string }, unknown, unknown>, tus: Tus): Promise<Reply> {
  const { world, workspaceId, params: given } = ask;
  await getUpload(world, workspaceId, given.id);
  const reply = await tus(ask);
  const { offset, bytes } = await getUpload(world, workspaceId, given.id);
  if (offset < bytes) return reply;
  const mediaId = await finishUpload(world, workspaceId, given.id);
  return { ...reply, headers: { ...reply.headers, "Media-Id": mediaId } };
}

function viewUpload(found: Upload): z.output<typeof upload> {
  const { id: uploadId, state, offset, bytes, altText, mediaId, problem, createdAt, expiresAt } = found;
  return {
    id: uploadId,
    state: state === "receiving" && offset === bytes ? "checking" : state,
    offset,
    bytes,
    altText,
    mediaId: state === "stored" ? mediaId : null,
    problem: problem && (problemOf(refusalOf(problem)) as z.output<typeof upload>["problem"]),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
