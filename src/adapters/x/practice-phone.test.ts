import { expect, it } from "@jest/globals";
import { sendFromPhone } from "../../../test/support/practice-phone.ts";
import { xOnPractice } from "../../../test/support/x-on-practice.ts";

it("the phone says how long a text is that is too long, where an app is told only that it is not permitted", async () => {
  const on = await xOnPractice();
  const { externalId: identity } = on.account("practice_phone");
  const answer = await sendFromPhone(`${on.baseUrl.api}/phone`, { identity, text: "水".repeat(141) });
  expect([answer.status, await answer.text()]).toEqual([
    422,
    expect.stringContaining("The post has 282 of at most 280 characters."),
  ]);
  expect(on.server.posts("x")).toEqual([]);
  await on.close();
});
