import { describe, expect, it, test } from "@jest/globals";
import type { PublishErrorKind } from "../../domain/decide.ts";
import { classify } from "../families/graph-errors.ts";
import { platform } from "./errors.ts";

function refused(code: number, subcode: number | undefined, message = "no") {
  const error = { message, type: "OAuthException", code, ...(subcode && { error_subcode: subcode }) };
  return classify(new Response(JSON.stringify({ error }), { status: 400 }), platform);
}

const table: readonly (readonly [number, number, PublishErrorKind, RegExp])[] = [
  [-2, 2207003, "unavailable", /try again/],
  [-1, 2207001, "unavailable", /try again/],
  [-1, 2207032, "unavailable", /try again/],
  [24, 2207008, "unavailable", /no longer finds/],
  [-2, 2207020, "unavailable", /no longer finds/],
  [-1, 2207053, "unavailable", /try again/],
  [24, 2207006, "unavailable", /no longer finds/],
  [9007, 2207027, "rate_limited", /still working/],
  [4, 2207051, "forbidden", /spam/],
  [9, 2207042, "rate_limited", /24 hours/],
  [25, 2207050, "forbidden", /restricted/],
  [9004, 2207052, "invalid", /public address/],
  [36000, 2207004, "invalid", /8 MB/],
  [36001, 2207005, "invalid", /JPEG/],
  [36003, 2207009, "invalid", /4:5/],
  [352, 2207026, "invalid", /MP4/],
  [100, 2207023, "invalid", /kind of media/],
  [100, 2207028, "invalid", /2 to 10/],
  [1, 2207057, "invalid", /cover/],
  [36004, 2207010, "invalid", /2,200/],
  [100, 2207040, "invalid", /20 @mentions/],
  [100, 2207035, "invalid", /product tags/],
  [100, 2207036, "invalid", /product tags/],
  [100, 2207037, "invalid", /product tags/],
  [100, 2207081, "invalid", /trial reels/],
  [-1, 2207082, "unavailable", /try again/],
  [-1, 2207077, "unavailable", /try again/],
];

describe("Instagram's table of refusals", () => {
  test.each(table)("%i/%i is %s", async (code, subcode, kind, says) => {
    expect(await refused(code, subcode)).toMatchObject({
      kind,
      message: expect.stringMatching(says),
      detail: { code: `${code}/${subcode}` },
    });
  });

  test.each([-2, -1, 9, 24, 25, 352, 9004, 9007, 36000, 36001, 36003, 36004])(
    "%i alone means the same as with its subcode",
    async (code) => {
      const row = table.find(([of]) => of === code);
      expect((await refused(code, undefined)).kind).toBe(row?.[2]);
    },
  );

  test.each([
    ["INSTAGRAM_PLATFORM_API__PERMISSION", "forbidden"],
    ["INSTAGRAM_PLATFORM_API__INVALID_PARAM", "invalid"],
    ["INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID", "invalid"],
  ])("%s is %s", async (name, kind) => {
    expect(await refused(100, undefined, `Error: ${name}`)).toMatchObject({ kind });
  });

  it("tells missing viewers from a missing permission, which share code 10", async () => {
    const fewViewers = "(#10) Not enough viewers for the media to show insights";
    expect(await refused(10, undefined, fewViewers)).toMatchObject({ detail: { code: "too_few_viewers" } });
    expect(await refused(10, undefined)).toMatchObject({ kind: "forbidden", detail: { code: "10" } });
  });

  it("names the wait that the documentation names for media in the works, and no other", async () => {
    expect((await refused(9007, 2207027)).detail.retryAfterMs).toBe(30_000);
    expect((await refused(9, 2207042)).detail.retryAfterMs).toBeUndefined();
  });
});
