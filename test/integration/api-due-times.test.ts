import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";
import type { Problem } from "../support/problem.ts";

const api = useApi();
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});
const create = (body: unknown) => api.call<Problem>("POST", "/v1/posts", { body });
const post = (more: object = {}) => ({ text: "Water", accounts: [x], dueAt: inAnHour(), ...more });

describe("a time that is not clear is not guessed", () => {
  const nextYear = new Date().getUTCFullYear() + 1;
  const lastSunday = (month: number) => {
    const day = new Date(Date.UTC(nextYear, month, 31));
    day.setUTCDate(31 - day.getUTCDay());
    return day.toISOString().slice(0, 10);
  };
  const zone = "Europe/Berlin";

  it("an hour that clocks skip is refused with both choices, and taken with one", async () => {
    const local = `${lastSunday(2)}T02:30`;
    const { status, body } = await create(post({ dueAt: { local, zone } }));
    const choices = { earlier: `${lastSunday(2)}T00:30:00.000Z`, later: `${lastSunday(2)}T01:30:00.000Z` };
    expect([status, body]).toMatchObject([
      422,
      { code: "local_time_missing", choices, issues: [{ pointer: "/dueAt" }] },
    ]);
    const chosen = await api.call("POST", "/v1/posts", {
      body: post({ dueAt: { local, zone, choose: "later" } }),
    });
    expect(chosen).toMatchObject({
      status: 201,
      body: { dueAt: choices.later, local, zone, choose: "later" },
    });
  });

  it("an hour that clocks repeat is refused with both choices, and taken with one", async () => {
    const local = `${lastSunday(9)}T02:30`;
    const { status, body } = await create(post({ dueAt: { local, zone } }));
    const choices = { earlier: `${lastSunday(9)}T00:30:00.000Z`, later: `${lastSunday(9)}T01:30:00.000Z` };
    expect([status, body]).toMatchObject([422, { code: "local_time_ambiguous", choices }]);
    expect(body.detail).toContain(
      `earlier is ${lastSunday(9)}T02:30:00+02:00, later is ${lastSunday(9)}T02:30:00+01:00`,
    );
    const chosen = await api.call("POST", "/v1/posts", {
      body: post({ dueAt: { local, zone, choose: "earlier" } }),
    });
    expect(chosen).toMatchObject({ status: 201, body: { dueAt: choices.earlier, choose: "earlier" } });
  });

  it.each([
    ["the abbreviation CST", { local: `${nextYear}-01-01T09:00`, zone: "CST" }, "unknown_zone"],
    ["an offset as a zone", { local: `${nextYear}-01-01T09:00`, zone: "GMT+4" }, "unknown_zone"],
    ["a day that does not exist", { local: `${nextYear}-02-30T09:00`, zone }, "invalid_time"],
    ["a time without an offset", `${nextYear}-01-01T09:00:00`, "invalid_time"],
    ["a day without a time", `${nextYear}-01-01`, "invalid_time"],
    ["words", "tomorrow", "invalid_time"],
    ["a time that has passed", "2020-01-01T00:00:00Z", "due_in_the_past"],
    ["a time two minutes ago", new Date(Date.now() - 120_000).toISOString(), "due_in_the_past"],
    ["a time in three years", `${nextYear + 2}-12-31T00:00:00Z`, "due_too_far"],
  ])("%s", async (_name, dueAt, code) => {
    const { status, body } = await create(post({ dueAt }));
    expect([status, body.code, body.issues?.[0]?.pointer]).toEqual([422, code, "/dueAt"]);
  });

  it("half a minute ago still counts as now", async () => {
    const { status } = await create(post({ dueAt: new Date(Date.now() - 30_000).toISOString() }));
    expect(status).toBe(201);
  });
});
