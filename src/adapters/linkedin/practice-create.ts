import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { NewPost } from "./api.ts";
import { type Caller, membersOf, organizationsOf, speaksFor } from "./practice-access.ts";
import { contentRefusal, filesIn, shapeRefusal } from "./practice-content.ts";
import { nextId } from "./practice-ids.ts";
import { activitiesOf, sharesOf } from "./practice-posts.ts";
import { denied, problem, tooLong, wrong } from "./practice-replies.ts";
import { understood } from "./practice-text.ts";
import { measure } from "./text.ts";

export const maxCommentary = 3000;
const duplicateWindowMs = 10 * 60_000;

/** POST /rest/posts. Nothing in it waits, so that two requests at once cannot pass the duplicate check together. */
export function createPost(
  caller: Caller,
  { json }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const misshapen = shapeRefusal(json);
  if (misshapen) return misshapen;
  const asked = json as NewPost;
  if (!speaksFor(caller, asked.author, network)) return denied("partnerApiPosts.CREATE");
  const text = understood(asked.commentary);
  if (text === undefined) return wrong("/commentary");
  if (measure(text) > maxCommentary) return tooLong("/commentary", maxCommentary);
  if (text.trim() === "" && asked.content === undefined)
    return problem(400, "INVALID_VALUE_BLANK_FIELD", "/commentary :: may not be blank");
  const refusal = contentRefusal(asked, network) ?? duplicateRefusal(asked, text, network);
  if (refusal) return refusal;
  const post = publish(asked, text, network);
  return { status: 201, headers: { "x-restli-id": post.id } };
}

/** For the ledger, whatever else is wrong with the request. */
export function textOf({ json }: PracticeRequest): string {
  const { commentary, message } = (json ?? {}) as { commentary?: unknown; message?: { text?: unknown } };
  const text = commentary ?? message?.text;
  return typeof text === "string" ? (understood(text) ?? text) : "";
}

function publish(asked: NewPost, text: string, network: PracticeNetwork): PracticePost {
  const { author, content = null, visibility } = asked;
  const files = filesIn(asked, network);
  const kind = files.some((file) => file.kind === "video") ? "ugcPost" : "share";
  const urn = `urn:li:${kind}:${nextId(network)}`;
  const activity = `urn:li:activity:${nextId(network)}`;
  const title = content?.article?.title ?? content?.media?.title;
  const post: PracticePost = {
    id: urn,
    accountId: author,
    ...whoIs(author, network),
    text,
    link: content?.article?.source ?? null,
    media: files.map(({ url, kind: each, altText }) => ({ url: url ?? "", kind: each, altText })),
    replyTo: null,
    createdAt: network.now().toISOString(),
    extra: { visibility: visibility.toLowerCase(), ...(title !== undefined && { title }) },
  };
  sharesOf(network).put(urn, { activity, content });
  activitiesOf(network).put(activity, urn);
  said(network).put(sayingOf(asked, text), { urn, atMs: network.now().getTime() });
  network.publish(post);
  return post;
}

export function whoIs(author: string, network: PracticeNetwork): { handle: string; name: string } {
  const id = author.split(":").at(-1) ?? "";
  const page = organizationsOf(network).get(id);
  const name = page?.name ?? membersOf(network).get(id)?.name ?? id;
  return { handle: page?.vanityName ?? name, name };
}

interface Saying {
  readonly urn: string;
  readonly atMs: number;
}

const said = (network: PracticeNetwork) => network.collection<Saying>("said");

/** What was said in the last minutes counts though it was deleted: the URN then leads nowhere, as on the real one. */
function duplicateRefusal(asked: NewPost, text: string, network: PracticeNetwork): PracticeReply | undefined {
  const earlier = said(network).get(sayingOf(asked, text));
  if (!earlier || network.now().getTime() - earlier.atMs > duplicateWindowMs) return undefined;
  const message = `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${earlier.urn}`;
  return {
    status: 422,
    body: {
      status: 422,
      errorDetailType: "com.linkedin.common.error.BadRequest",
      message,
      errorDetails: {
        inputErrors: [{ code: "DUPLICATE_POST", description: "Duplicate post is detected", input: {} }],
      },
    },
  };
}

function sayingOf({ author, content }: NewPost, text: string): string {
  const { article, media, multiImage } = content ?? {};
  return JSON.stringify([author, text, article?.source, media?.id, multiImage?.images.map(({ id }) => id)]);
}
