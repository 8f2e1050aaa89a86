import { beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { problem } from "../../src/http/schemas/common.ts";
import { useApi } from "../support/api.ts";
import { nastyStrings } from "../support/nasty-strings.ts";

const api = useApi();
let things: string[];
beforeAll(async () => {
  const accounts = [
    await api.addAccount("x"),
    await api.addAccount("facebook"),
    await api.addAccount("mastodon"),
  ];
  const media = await api.addMedia();
  const post = await api.call<{ id: string; deliveries: { id: string }[] }>("POST", "/v1/posts", {
    body: { text: "Water", accounts, dueAt: new Date(Date.now() + 3_600_000).toISOString() },
  });
  things = [...accounts, media, post.body.id, ...post.body.deliveries.map(({ id }) => id)];
});

const fields = [
  ...[
    "text",
    "media",
    "link",
    "accounts",
    "variants",
    "thread",
    "firstComment",
    "dueAt",
    "onIssue",
    "options",
  ],
  ...[
    "id",
    "altText",
    "local",
    "zone",
    "choose",
    "outcome",
    "externalUrl",
    "externalId",
    "reason",
    "accountId",
    "x",
  ],
];
const paths = [
  ...["/v1/posts", "/v1/posts/validate", "/v1/posts/bulk", "/v1/pause", "/v1/resume"],
  ...["/v1/posts/:id", "/v1/posts/:id/cancel", "/v1/posts/:id/publish", "/v1/posts/:id/duplicate"],
  ...["/v1/deliveries", "/v1/deliveries/:id", "/v1/deliveries/:id/retry", "/v1/deliveries/:id/resolve"],
  ...["/v1/accounts", "/v1/accounts/:id", "/v1/media", "/v1/media/:id", "/:id", "/practice/faults/:id"],
  ...["/hooks/:id", "/hooks/websub/:id", "/hooks/websub/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
];

/** Bodies that are nearly right: our own fields and ids, in wrong places and with wrong values. */
function bodies() {
  const known = fc.constantFrom(
    ...nastyStrings,
    "now",
    "earlier",
    "skip",
    "published",
    "Europe/Berlin",
    "2030-01-01T00:00",
  );
  const word = fc.oneof(
    known,
    fc.string(),
    fc.nat().map((n) => things[n % things.length] ?? ""),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      word,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...fields), word), tie("value"), { maxKeys: 6 }),
    ),
  }));
  return fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 8 });
}

describe("whatever is sent, the answer is an answer", () => {
  it("or a problem document of the client's, never one of ours", async () => {
    const method = fc.constantFrom("GET", "POST", "PATCH", "PUT", "DELETE");
    const query = fc.oneof(
      fc.constant(""),
      fc.webQueryParameters().map((text) => `?${text}`),
    );
    const thing = fc.oneof(fc.nat(), fc.webSegment());
    await fc.assert(
      fc.asyncProperty(
        method,
        fc.constantFrom(...paths),
        thing,
        query,
        bodies(),
        async (how, path, id, ask, body) => {
          const segment = typeof id === "number" ? (things[id % things.length] ?? "") : id;
          const answer = await api.call(how, `${path.replace(":id", segment)}${ask}`, {
            headers: { "if-match": "*" },
            ...(how !== "GET" && { body }),
          });
          expect(answer.status).toBeLessThan(500);
          if (answer.status >= 400) expect(problem.parse(answer.body)).toEqual(answer.body);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("also to bytes that are nearly JSON", async () => {
    const bytes = fc.oneof(
      fc.string(),
      fc.json().map((text) => text.slice(0, -1)),
      fc.constantFrom("", "null", "[]", "0", '"', "\0"),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("/v1/posts", "/v1/posts/bulk", "/v1/pause"),
        bytes,
        async (path, text) => {
          for (const type of ["application/json", "application/x-ndjson"])
            expect((await api.call("POST", path, { raw: { type, text } })).status).toBeLessThan(500);
        },
      ),
      { numRuns: 200 },
    );
  });
});
