import { describe, expect, test } from "@jest/globals";
import type { PublishErrorKind } from "../../domain/decide.ts";
import { classify } from "../families/graph-errors.ts";
import { platform } from "./errors.ts";

const table: readonly (readonly [number, PublishErrorKind, RegExp])[] = [
  [1366046, "invalid", /JPEG or PNG/],
  [1349125, "invalid", /file/],
  [2069019, "invalid", /file/],
  [1366051, "invalid", /already/],
  [1390008, "rate_limited", /too fast/],
  [1346003, "forbidden", /rules/],
  [1404006, "forbidden", /rules/],
  [1404102, "forbidden", /rules/],
  [1404112, "forbidden", /rules/],
  [1404078, "forbidden", /confirm/],
  [4854002, "forbidden", /confirm/],
  [1609008, "invalid", /link to Facebook itself/],
  [2061006, "invalid", /link/],
  [1363047, "unavailable", /try again/],
  [1609010, "unavailable", /try again/],
  [1363040, "invalid", /shape/],
  [1363127, "invalid", /resolution/],
  [1363128, "invalid", /length/],
  [1363129, "invalid", /frame rate/],
];

describe("a page's own refusals are told apart by subcode, whatever the code", () => {
  test.each(table)("%i is %s", async (subcode, kind, says) => {
    for (const code of [1, 100, 200, 368]) {
      const body = JSON.stringify({ error: { message: "no", code, error_subcode: subcode } });
      const error = await classify(new Response(body, { status: 400 }), platform);
      expect(error).toMatchObject({ kind, message: expect.stringMatching(says) });
    }
  });
});
