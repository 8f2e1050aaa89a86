import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { type ComposedApi, startComposedApi } from "../support/composed-api.ts";

let api: ComposedApi;
beforeAll(async () => {
  api = await startComposedApi();
});
afterAll(() => api.close());

const link = async (platform: Platform) =>
  (await api.call("POST", "/v1/accounts", { mode: "practice", platform, handle: "water_now" })).json.id;
const choose = async (platform: Platform, option: string) =>
  api.call("GET", `/v1/accounts/${await link(platform)}/choices/${option}`);

describe("options whose values live at the platform", () => {
  it("are listed as it has them now", async () => {
    const { status, json } = await choose("pinterest", "board");
    expect(status).toBe(200);
    expect(json.data).toContainEqual({ value: expect.any(String), label: "Clarion" });
  });

  it("may depend on what was chosen before", async () => {
    const id = await link("reddit");
    const { json } = await api.call("GET", `/v1/accounts/${id}/choices/flair?subreddit=FlairNeeded`);
    expect(json.data.length).toBeGreaterThan(0);
  });

  it("are not listed where there are none", async () => {
    expect((await choose("x", "board")).json.code).toBe("not_found");
    expect((await choose("pinterest", "title")).json.code).toBe("not_found");
  });

  it("or where the platform no longer takes the login: then it says so", async () => {
    const id = await link("pinterest");
    api.practice.setFault("pinterest", { fault: "revoked" });
    const { status, json } = await api.call("GET", `/v1/accounts/${id}/choices/board`);
    api.practice.setFault("pinterest", null);
    expect([status, json.code]).toEqual([502, "platform_unavailable"]);
  });
});
