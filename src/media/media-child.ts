import type { Fit } from "../adapters/contract/fit.ts";
import { Refusal } from "../domain/refusal.ts";
import { cleanImage } from "./clean-image.ts";
import { cleanVideo } from "./clean-video.ts";
import { fitImage } from "./fit-image.ts";
import type { MediaType } from "./media-type.ts";

/** What the parent asks for. */
export type MediaJob = { readonly source: string; readonly target: string } & (
  | { readonly do: "clean"; readonly type: MediaType }
  | { readonly do: "fit"; readonly fit: Fit }
);

export type MediaAnswer =
  | { readonly done: unknown }
  | { readonly refusal: { readonly code: string; readonly message: string; readonly facts: object } };

// Files are opened in this process alone: a decoder that is broken into, or eats the memory, takes nothing along.
process.on("message", ({ ask }: { ask: MediaJob }) => {
  const tell = (answer: MediaAnswer) => process.send?.(answer);
  work(ask).then(
    (done) => tell({ done }),
    (error: unknown) => tell({ refusal: toRefusal(error) }),
  );
});
process.on("disconnect", () => process.exit());

function work(ask: MediaJob): Promise<unknown> {
  const { source, target } = ask;
  if (ask.do === "fit") return fitImage(source, target, ask.fit);
  const { type } = ask;
  return type.kind === "video" ? cleanVideo(source, target, type) : cleanImage(source, target, type);
}

function toRefusal(error: unknown) {
  if (error instanceof Refusal) return { code: error.code, message: error.message, facts: error.facts };
  return { code: "media_unreadable", message: "The file is damaged or not complete.", facts: {} };
}
