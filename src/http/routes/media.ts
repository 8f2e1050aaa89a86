import { z } from "zod";
import { addMedia } from "../../media/add-media.ts";
import { deleteMedia } from "../../media/delete-media.ts";
import { describeMedia, getMedia } from "../../media/get-media.ts";
import { importMedia } from "../../media/import-media.ts";
import { listMedia } from "../../media/list-media.ts";
import { decodeCursor, pageOf } from "../../publishing/cursor.ts";
import { refuseOddJson } from "../odd-json.ts";
import { readJson } from "../read-json.ts";
import { readUpload } from "../read-upload.ts";
import { type Ask, type Reply, type Route, route } from "../route.ts";
import { id, listOf } from "../schemas/common.ts";
import { media, mediaImport, mediaPatch, mediaQuery, mediaUpload } from "../schemas/media.ts";
import { zodRefusal } from "../zod-refusal.ts";
import { signedMediaRoute } from "./signed-media.ts";

type AnyAsk = Ask<unknown, unknown, unknown>;

const params = z.object({ id: id("med") });
const tag = "Media";

export const mediaRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/media",
    scope: "write",
    tag,
    summary: "Upload an image or a video, or fetch one from the web",
    description:
      "JPEG, PNG, WebP and GIF to 32 MB and 40 million pixels; MP4, MOV and WebM to 1 GB. What a picture or a video tells besides what is seen and heard (position, camera, time, comments, telemetry, further tracks) is removed. What an editor only hides, as a lossless cut does, stays in a video: cut with one that encodes anew.",
    body: z.union([mediaUpload, mediaImport]),
    bodyTypes: { "multipart/form-data": mediaUpload, "application/json": mediaImport },
    reads: "own",
    answers: { 201: { description: "Stored", schema: media } },
    refuses: [
      "wrong_content_type",
      "too_large",
      "media_type_refused",
      "image_too_large",
      "media_unreadable",
      "url_refused",
      "storage_unavailable",
    ],
    handle: (ask) => (ask.request.is("multipart/form-data") ? upload(ask) : fetchFromWeb(ask)),
  }),
  route({
    method: "get",
    path: "/v1/media",
    scope: "read",
    tag,
    summary: "Files, newest first",
    query: mediaQuery,
    answers: { 200: { description: "A page", schema: listOf(media) } },
    async handle({ world, workspaceId, query: { cursor, limit } }) {
      const [before] = decodeCursor(cursor, /^med_[0-9a-z]{26}$/) ?? [];
      const rows = await listMedia(world, workspaceId, { before, limit: limit + 1 });
      return {
        status: 200,
        body: pageOf(
          rows,
          limit,
          (row) => [row.id],
          (row) => row,
        ),
      };
    },
  }),
  route({
    method: "get",
    path: "/v1/media/:id",
    scope: "read",
    tag,
    summary: "A file",
    params,
    answers: { 200: { description: "What it is", schema: media } },
    async handle({ world, workspaceId, params: { id: mediaId } }) {
      return { status: 200, body: await getMedia(world, workspaceId, mediaId) };
    },
  }),
  route({
    method: "patch",
    path: "/v1/media/:id",
    scope: "write",
    tag,
    summary: "Describe a file for people who cannot see it",
    description: "For posts yet to be made: a post keeps the words it was made with.",
    params,
    body: mediaPatch,
    answers: { 200: { description: "As it is now", schema: media } },
    async handle({ world, workspaceId, params: { id: mediaId }, body }) {
      return { status: 200, body: await describeMedia(world, workspaceId, mediaId, body.altText) };
    },
  }),
  route({
    method: "delete",
    path: "/v1/media/:id",
    scope: "write",
    tag,
    summary: "Delete a file that no post uses",
    params,
    answers: { 204: { description: "Gone" } },
    refuses: ["media_in_use", "storage_unavailable"],
    async handle({ world, workspaceId, params: { id: mediaId } }) {
      await deleteMedia(world, workspaceId, mediaId);
      return { status: 204 };
    },
  }),
  signedMediaRoute,
];

async function upload({ world, workspaceId, request, once }: AnyAsk): Promise<Reply> {
  const { received, altText, fingerprint } = await readUpload(request, world.media);
  try {
    return await once(fingerprint, async (inside) => ({
      status: 201,
      body: await addMedia(inside, workspaceId, received, altText),
    }));
  } finally {
    await world.media.discard(received.path); // a repeated request has sent its file again
  }
}

async function fetchFromWeb({ workspaceId, request, response, once }: AnyAsk): Promise<Reply> {
  const { value, fingerprint } = await readJson(request, response);
  refuseOddJson(value);
  const parsed = mediaImport.safeParse(value, { reportInput: true });
  if (!parsed.success) throw zodRefusal(parsed.error);
  return once(fingerprint, async (world) => ({
    status: 201,
    body: await importMedia(world, workspaceId, parsed.data),
  }));
}
