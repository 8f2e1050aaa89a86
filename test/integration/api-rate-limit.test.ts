import { describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi({ requestsPerMinute: 5 });

describe("the pace is limited", () => {
  it("per key: the headers count down, then 429 says when to come back", async () => {
    const { key } = await api.addWorkspace();
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await api.call("GET", "/v1/posts", { key }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[0]?.headers.get("ratelimit-policy")).toBe('"key";q=5;w=60');
    expect(answers.map(({ headers }) => /r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1])).toEqual([
      "4",
      "3",
      "2",
      "1",
      "0",
      "0",
    ]);
    expect(Number(answers[5]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answers[5]?.body.code).toBe("rate_limited");
    const other = await api.addWorkspace();
    expect((await api.call("GET", "/v1/posts", { key: other.key })).status).toBe(200);
  });

  it("for guesses per address; a good key is not kept out by them", async () => {
    const guess = () => api.call("GET", "/v1/posts", { key: "clr_guess_guess_guess_guess_guess" });
    const statuses = [];
    for (let n = 0; n < 32; n++) statuses.push((await guess()).status);
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    expect(statuses.slice(30)).toEqual([429, 429]);
    const { key } = await api.addWorkspace();
    expect((await api.call("GET", "/v1/posts", { key })).status).toBe(200);
  });
});
