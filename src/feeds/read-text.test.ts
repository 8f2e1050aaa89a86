import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type FeedServer, feedServer } from "../../test/support/feed-server.ts";

let site: FeedServer;
beforeAll(async () => {
  site = await feedServer();
});
afterAll(() => site.close());

describe("letters are read in whichever alphabet they were written", () => {
  const title = "Привет";
  const cyrillic = Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
  const around = (letters: Buffer, encoding: string) =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0"${encoding}?><rss version="2.0"><channel><title>`),
      letters,
      Buffer.from("</title></channel></rss>"),
    ]);
  it.each([
    [
      "as the server says",
      around(cyrillic, ' encoding="utf-8"'),
      { "content-type": 'text/xml; charset="windows-1251"' },
      title,
    ],
    ["as the document says", around(cyrillic, ' encoding="windows-1251"'), {}, title],
    [
      "after a name that nobody knows",
      around(cyrillic, ' encoding="cp1251"'),
      { "content-type": "text/xml; charset=unknown-8" },
      title,
    ],
    [
      "as its first bytes say",
      Buffer.from(`\ufeff${around(Buffer.from("x"), "").toString()}`, "utf16le"),
      { "content-type": "text/xml; charset=utf-8" },
      "x",
    ],
    ["in UTF-8 without a word", around(Buffer.from(title), ""), { "content-type": "text/xml" }, title],
    [
      "with Windows' quotes",
      around(Buffer.from([0x93, 0x68, 0x69, 0x94]), ' encoding="ISO-8859-1"'),
      {},
      "“hi”",
    ],
  ])("%s", async (_how, body, headers, expected) => {
    expect((await site.reading(body, headers as Record<string, string>)).title).toBe(expected);
  });
});
