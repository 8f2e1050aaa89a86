import type { Response } from "express";
import { z } from "zod";
import { platforms } from "../../domain/platform.ts";
import { Refusal } from "../../domain/refusal.ts";
import { answerHub, hearHub, requirePushKey } from "../../links/mirror/hub-calls.ts";
import { platformCalls } from "../../links/mirror/platform-calls.ts";
import { readBytes } from "../read-bytes.ts";
import { megabyte } from "../read-json.ts";
import { type Route, route } from "../route.ts";

const tag = "Push";
const key = z.object({ key: z.string().regex(/^[\w-]{30}$/, "is no such key") });
const platform = z.object({ platform: z.enum(platforms) });
const short = z.string().max(200);
const challenge = z.string().max(2000);
const echo = { description: "The challenge", type: "text/plain" };
const anyBytes = { "*/*": z.string() };

/** Where hubs and platforms ring. Whatever they send is only a doorbell: what is new is then read as always. */
export const hookRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/hooks/websub/:key",
    scope: "open",
    tag,
    summary: "A feed's hub asks whether we want to be called",
    params: key,
    query: z.object({
      "hub.mode": short,
      "hub.topic": z
        .string()
        .max(2048)
        .regex(/^[^\0]*$/),
      "hub.challenge": challenge.optional(),
      "hub.lease_seconds": z.coerce.number().int().min(1).optional(),
    }),
    answers: { 200: echo },
    refuses: ["not_found"],
    async handle({ world, params, query, response }) {
      const { "hub.mode": mode, "hub.topic": topic, "hub.lease_seconds": leaseSeconds } = query;
      await answerHub(world, params.key, { mode, topic, leaseSeconds });
      return sayBack(response, query["hub.challenge"] ?? "");
    },
  }),
  route({
    method: "post",
    path: "/hooks/websub/:key",
    scope: "open",
    reads: "own",
    tag,
    summary: "A feed's hub says that something is new",
    description: "Without a good `X-Hub-Signature` nothing comes of it.",
    params: key,
    headers: z.object({ "X-Hub-Signature": z.string().optional() }),
    body: z.string(),
    bodyTypes: anyBytes,
    answers: { 202: { description: "Heard" } },
    refuses: ["not_found", "too_large"],
    async handle({ world, params, request, response }) {
      await requirePushKey(world, params.key);
      const body = await readBytes(request, response, megabyte);
      await hearHub(world, params.key, body, request.get("x-hub-signature"));
      return { status: 202 };
    },
  }),
  route({
    method: "get",
    path: "/hooks/:platform",
    scope: "open",
    tag,
    summary: "A platform asks whether its calls are wanted",
    params: platform,
    query: z.object({ "hub.mode": short, "hub.verify_token": short, "hub.challenge": challenge }),
    answers: { 200: echo },
    refuses: ["not_found"],
    async handle({ world, params, query, response }) {
      const calls = platformCalls(world, params.platform);
      if (query["hub.mode"] !== "subscribe" || !calls.isVerifyToken(query["hub.verify_token"]))
        throw new Refusal("not_found", "This is not the verify token of this installation.");
      return sayBack(response, query["hub.challenge"]);
    },
  }),
  route({
    method: "post",
    path: "/hooks/:platform",
    scope: "open",
    reads: "own",
    tag,
    summary: "A platform says that something is new on some accounts",
    description: "Signed with the secret of the app, in the platform's own header.",
    params: platform,
    headers: z.object({ "X-Hub-Signature-256": z.string().optional() }),
    body: z.string(),
    bodyTypes: anyBytes,
    answers: { 200: { description: "Heard" } },
    refuses: ["not_found", "too_large", "unauthorized"],
    async handle({ world, params, request, response }) {
      const calls = platformCalls(world, params.platform);
      const body = await readBytes(request, response, megabyte);
      await calls.hear(body, request.get(calls.signatureHeader));
      return { status: 200 };
    },
  }),
  route({
    method: "get",
    path: "/v1/apps/:platform/webhook",
    scope: "admin",
    tag,
    summary: "What the operator enters at the platform so that it calls here",
    params: platform,
    answers: {
      200: {
        description: "Where it calls, and the token by which it finds out that it may",
        schema: z.object({ callbackUrl: z.string(), verifyToken: z.string() }),
      },
    },
    refuses: ["not_found"],
    async handle({ world, params }) {
      const { verifyToken } = platformCalls(world, params.platform);
      return {
        status: 200,
        body: { callbackUrl: `${world.publicUrl}/hooks/${params.platform}`, verifyToken },
      };
    },
  }),
];

/** As plain text, which no browser takes for a page. */
function sayBack(response: Response, words: string): undefined {
  response.type("text/plain").end(words);
  return undefined;
}
