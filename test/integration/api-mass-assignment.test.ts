import { describe, expect, it } from "@jest/globals";
import { createMetrics } from "../../src/http/metrics.ts";
import { routeTable } from "../../src/http/route-table.ts";
import { useApi } from "../support/api.ts";

const api = useApi();

/** What a body must have before its unknown fields are looked at. */
const needed: Readonly<Record<string, object>> = {
  "post /v1/accounts": { mode: "practice", platform: "x", handle: "a" },
  "post /v1/accounts/connect": { platform: "x" },
  "post /v1/accounts/connections/:id": { accounts: ["1"] },
  "put /v1/apps/:platform": { clientId: "a", clientSecret: "b" },
  "post /v1/deliveries/:id/resolve": { outcome: "drop" },
  "post /v1/pause": { reason: "a" },
  "post /v1/links/:id/held": { decision: "share" },
  "post /v1/links/:id/items/:itemId/decide": { decision: "leave" },
  "put /practice/faults/:platform": { fault: null },
};
const ours = [
  "id",
  "state",
  "workspaceId",
  "createdAt",
  "revision",
  "role",
  "isAdmin",
  "constructor",
  "prototype",
];

describe("no call takes a field it does not document", () => {
  it("in its body, its address or its query", async () => {
    const options = { version: "0", queueDepth: async () => ({}) } as Parameters<typeof routeTable>[0];
    const routes = routeTable(options, createMetrics(api.world, options));
    let tried = 0;
    for (const { method, path, body, reads, query } of routes.filter(({ scope }) => scope !== "open")) {
      const name = `${method} ${path}`;
      const prefix = {
        posts: "post",
        deliveries: "dlv",
        accounts: "acc",
        media: "med",
        connections: "con",
        uploads: "upl",
        links: "lnk",
        people: "per",
      }[
        path
          .split("/")
          .findLast((part) =>
            [
              "posts",
              "deliveries",
              "accounts",
              "media",
              "connections",
              "uploads",
              "links",
              "people",
            ].includes(part),
          ) ?? ""
      ];
      const address = path
        .replace(":id", `${prefix}_${"0".repeat(26)}`)
        .replace(":itemId", `itm_${"0".repeat(26)}`)
        .replace(":platform", "x");
      if (body && reads !== "own") {
        for (const field of ours) {
          const answer = await api.call(method.toUpperCase(), address, {
            body: { ...needed[name], [field]: "1" },
            headers: { "if-match": "*" },
          });
          expect([name, field, answer.status, answer.body.issues]).toMatchObject([
            name,
            field,
            400,
            expect.arrayContaining([expect.objectContaining({ pointer: `/${field}` })]),
          ]);
          tried++;
        }
      }
      if (reads !== "own" && name !== "get /v1/accounts/:id/choices/:option") {
        // which takes whatever options there are
        const answer = await api.call(method.toUpperCase(), `${address}?workspaceId=1`, {
          body: body && needed[name],
        });
        expect([name, query !== undefined, answer.status]).toEqual([name, query !== undefined, 400]);
      }
    }
    expect(tried).toBeGreaterThan(60);
  });
});
