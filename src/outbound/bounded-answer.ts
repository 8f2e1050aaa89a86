import { TransformStream } from "node:stream/web";
import { type BodyInit, Response } from "undici";

/** The answer unpacks to more than we read. */
class AnswerTooLarge extends Error {
  override readonly name = "AnswerTooLarge";
  readonly code = "CLARION_ANSWER_TOO_LARGE";
}

/** The same answer; one that came compressed fails when it unpacks to more than `maxBytes`. */
export function boundedAnswer(answer: Response, maxBytes: number): Response {
  if (!answer.headers.has("content-encoding") || !answer.body) return answer;
  let bytes = 0;
  const count = new TransformStream({
    transform(chunk: Uint8Array, controller) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new AnswerTooLarge("The answer is too large");
      controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = answer;
  const body = answer.body.pipeThrough(count);
  return new Response(body as BodyInit, { status, statusText, headers });
}
