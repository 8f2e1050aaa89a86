import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import { fetch as undiciFetch } from "undici";
import { file, pinterestSaying } from "../../../test/support/pinterest-on-practice.ts";
import { createGuardedFetch } from "../../outbound/guarded-fetch.ts";
import { lazyJson, mediaSource, type NewPin } from "./pin-body.ts";

const tricky = 'A text with "data":"" in it, and \\"data\\":\\"\\" \n 🐟';
const bytes = (length: number) => Buffer.from(Array.from({ length }, (_, index) => index % 251));

let server: Awaited<ReturnType<typeof pinterestSaying>>;
beforeAll(async () => {
  server = await pinterestSaying(() => ({ body: {} }));
});
afterAll(() => server.close());

function carousel(count: number): NewPin {
  const media = Array.from({ length: count }, () => file({ mimeType: "image/png" }));
  return { board_id: "1", title: tricky, description: tricky, media_source: mediaSource(media, undefined) };
}

describe("a Pin with its pictures inside", () => {
  const guarded = createGuardedFetch({
    allowedOrigins: ["http://127.0.0.1"],
    allowedPrivateHosts: ["127.0.0.1"],
  });
  afterAll(() => guarded.close());
  const clients = {
    "the client of production": guarded.call,
    fetch: undiciFetch as unknown as typeof fetch,
  };
  test.each(Object.entries(clients))(
    "arrives whole and with its length, through %s",
    async (_name, client) => {
      // Pieces are 196,608 bytes: below, at and above that, and with every padding.
      const sizes = [1, 2, 3, 196_608, 196_609];
      const files = sizes.map(bytes);
      const init = lazyJson(
        carousel(sizes.length),
        files.map((one) => new Blob([one])),
      );
      await client(server.url, { ...init, method: "POST" } as never);
      const got = server.asked.at(-1);
      if (!got) throw new Error("nothing arrived");
      const sent = JSON.parse(got.body.toString("utf8"));
      expect([sent.title, sent.description, sent.board_id]).toEqual([tricky, tricky, "1"]);
      const items: { data: string }[] = sent.media_source.items;
      const arrived = items.map(({ data }) => Buffer.from(data, "base64"));
      expect(files.map((one, index) => arrived[index]?.equals(one))).toEqual(sizes.map(() => true));
      expect(got.headers["content-length"]).toBe(String(got.body.length));
      expect(got.headers["content-type"]).toBe("application/json");
      expect(got.headers["transfer-encoding"]).toBeUndefined();
    },
  );

  it("is read from disk piece by piece, not before it is asked for", async () => {
    const read: number[] = [];
    const large = {
      size: 20_000_000,
      slice: (from: number, to: number) => {
        read.push(to - from);
        return new Blob([bytes(3)]);
      },
    } as unknown as Blob;
    const body = lazyJson(carousel(1), [large]).body as unknown as AsyncGenerator<Buffer>;
    for (let count = 0; count < 3; count++) await body.next(); // what stands before the data, and one piece
    expect(read).toEqual([196_608]);
  });

  it("of one picture, of several, and of a video, as Pinterest names them", () => {
    const [one, two] = [file(), file({ mimeType: "image/png" })];
    expect(mediaSource([one], undefined)).toEqual({
      source_type: "image_base64",
      content_type: "image/jpeg",
      data: "",
    });
    expect(mediaSource([one, two], undefined)).toMatchObject({
      source_type: "multiple_image_base64",
      items: [{ content_type: "image/jpeg" }, { content_type: "image/png" }],
    });
    expect(mediaSource([one], "123")).toEqual({
      source_type: "video_id",
      media_id: "123",
      cover_image_key_frame_time: 1,
    });
    expect(() => mediaSource([], undefined)).toThrow("needs a picture or a video");
  });
});
