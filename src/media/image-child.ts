import type { Fit } from "../adapters/contract/fit.ts";
import { Refusal } from "../domain/refusal.ts";
import { cleanImage } from "./clean-image.ts";
import { fitImage } from "./fit-image.ts";
import type { MediaType } from "./media-type.ts";

/** What the parent asks for. */
export type ImageJob = { readonly source: string; readonly target: string } & (
  | { readonly do: "clean"; readonly type: MediaType }
  | { readonly do: "fit"; readonly fit: Fit }
);

export type ImageAnswer = { readonly job: number } & (
  | { readonly done: unknown }
  | { readonly refusal: { readonly code: string; readonly message: string; readonly facts: object } }
);

// Pictures are opened in this process alone: a decoder that is broken into, or eats the memory, takes nothing along.
process.on("message", ({ job, ask }: { job: number; ask: ImageJob }) => {
  const tell = (answer: ImageAnswer) => process.send?.(answer);
  work(ask).then(
    (done) => tell({ job, done }),
    (error: unknown) => tell({ job, refusal: toRefusal(error) }),
  );
});
process.on("disconnect", () => process.exit());

function work(ask: ImageJob): Promise<unknown> {
  return ask.do === "clean"
    ? cleanImage(ask.source, ask.target, ask.type)
    : fitImage(ask.source, ask.target, ask.fit);
}

function toRefusal(error: unknown) {
  if (error instanceof Refusal) return { code: error.code, message: error.message, facts: error.facts };
  return { code: "media_unreadable", message: "The image is damaged or not complete.", facts: {} };
}
