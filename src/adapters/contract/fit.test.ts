import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Media } from "../../domain/post.ts";
import type { MediaLimit } from "./capabilities.ts";
import { fitOf } from "./fit.ts";

const picture = (facts: Partial<Media> = {}): Media => ({
  id: "med_1",
  kind: "image",
  mimeType: "image/png",
  bytes: 1000,
  width: 1600,
  height: 900,
  durationMs: null,
  altText: "A well",
  ...facts,
});
const jpegOnly: MediaLimit = {
  mimeTypes: ["image/jpeg"],
  maxBytes: 8_000_000,
  minAspect: 0.8,
  maxAspect: 1.91,
};

describe("a picture is made to fit", () => {
  it.each([
    ["nothing where it fits", { ...jpegOnly, mimeTypes: ["image/png"] }, {}, undefined],
    ["another format", jpegOnly, {}, { mimeType: "image/jpeg", width: 1600, height: 900, how: "scale" }],
    [
      "bars above and below",
      jpegOnly,
      { width: 3820, height: 1000 },
      { width: 3820, height: 2000, how: "pad" },
    ],
    [
      "bars left and right",
      jpegOnly,
      { width: 800, height: 2000 },
      { width: 1600, height: 2000, how: "pad" },
    ],
    ["smaller", { ...jpegOnly, maxWidth: 800 }, {}, { width: 800, height: 450, how: "scale" }],
    ["fewer pixels", { ...jpegOnly, maxPixels: 360_000 }, {}, { width: 800, height: 450 }],
    [
      "fewer bytes",
      { ...jpegOnly, mimeTypes: ["image/png"] },
      { bytes: 9_000_000 },
      { mimeType: "image/png" },
    ],
    ["nothing of an animation", jpegOnly, { durationMs: 900 }, undefined],
    ["nothing of a video", jpegOnly, { kind: "video" as const, durationMs: 900 }, undefined],
    ["nothing that would be too narrow", { ...jpegOnly, minWidth: 2000 }, {}, undefined],
  ])("%s", (_what, limit, facts, expected) => {
    const fit = fitOf(limit, picture(facts), "pad");
    if (expected === undefined) expect(fit).toBeUndefined();
    else expect(fit).toMatchObject(expected);
  });

  it("by cutting where that is wished", () => {
    expect(fitOf(jpegOnly, picture({ width: 3820, height: 1000 }), "crop")).toMatchObject({
      width: 1910,
      height: 1000,
      how: "crop",
    });
  });

  it("and then it does fit, whatever its size and the limits", () => {
    const side = fc.integer({ min: 1, max: 12_000 });
    const aspect = fc.double({ min: 0.3, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        side,
        side,
        aspect,
        fc.integer({ min: 200, max: 4000 }),
        fc.boolean(),
        (w, h, min, maxWidth, pad) => {
          const limit = { ...jpegOnly, minAspect: min, maxAspect: 1 / min, maxWidth, maxPixels: 4_000_000 };
          const fit = fitOf(limit, picture({ width: w, height: h }), pad ? "pad" : "crop");
          if (!fit || fit.width < 100 || fit.height < 100) return; // a shape of a few pixels is rounded away
          expect(fit.width).toBeLessThanOrEqual(maxWidth);
          expect(fit.width * fit.height).toBeLessThanOrEqual(4_040_000);
          expect(fit.width / fit.height).toBeGreaterThan(min * 0.98);
          expect(fit.width / fit.height).toBeLessThan((1 / min) * 1.02);
        },
      ),
    );
  });
});
