import { expect, it } from "@jest/globals";
import { photo } from "../support/mirror-stage.ts";
import { until } from "../support/until.ts";
import { useMirrorStage } from "../support/use-mirror-stage.ts";

const on = useMirrorStage();

it("a picture that its platform hands over to another address is mirrored with its alt text", async () => {
  await on.link("bluesky", ["mastodon"]);
  const file = { bytes: await photo(4711), type: "image/jpeg", altText: "A well" };
  await on.phone("bluesky", "Redirected", file);
  await until("it is there", () => on.posts("mastodon").length > 0, 20_000);
  await on.settled();
  expect(on.posts("mastodon")).toMatchObject([
    { text: "Redirected", media: [{ altText: "A well", kind: "image" }] },
  ]);
});
