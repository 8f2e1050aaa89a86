import type { GraphPlatform } from "../families/graph-errors.ts";
import type { Refusal } from "../families/graph-refusals.ts";

const policy: Refusal = {
  kind: "forbidden",
  says: "holds this back because of its rules: look at the page's messages there before posting again",
};
const confirmPage: Refusal = {
  kind: "forbidden",
  says: "wants a page admin to confirm the page or their identity: do so under the page's settings there, then try again",
};
const badLink: Refusal = {
  kind: "invalid",
  says: "does not take this link: check the address, or put it into the text",
};
const badFile: Refusal = {
  kind: "invalid",
  says: "could not use a file: take a JPEG or PNG of at most 10 MB, or an MP4 video",
};
const passing: Refusal = { kind: "unavailable", says: "is busy just now; we will try again" };

/**
 * The page edges' own subcodes. Few of them are on a page of Meta's: most are known from production logs.
 * https://developers.facebook.com/docs/graph-api/reference/page/feed (checked 2026-11)
 */
export const platform: GraphPlatform = {
  name: "Facebook",
  useCase: "pages",
  refusals: {
    1346003: policy,
    1349125: badFile,
    1363040: { kind: "invalid", says: "does not take a video of this shape" },
    1363047: passing,
    1363127: { kind: "invalid", says: "does not take a video of this resolution" },
    1363128: { kind: "invalid", says: "does not take a video of this length" },
    1363129: { kind: "invalid", says: "does not take a video with this frame rate" },
    1366046: badFile,
    1366051: {
      kind: "invalid",
      says: "has these photos in a post already: choose others, or leave it if that post is the one",
      code: "duplicate",
    },
    1390008: { kind: "rate_limited", says: "finds that this page posts too fast; we wait and try again" },
    1404006: policy,
    1404078: confirmPage,
    1404102: policy,
    1404112: policy,
    1609008: {
      kind: "invalid",
      says: "does not take this link to Facebook itself: put it into the text",
    },
    1609010: passing,
    2061006: badLink,
    2069019: badFile,
    4854002: confirmPage,
  },
};
