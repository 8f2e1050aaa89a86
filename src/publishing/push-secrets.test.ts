import { randomBytes } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { createPushSecrets } from "./push-secrets.ts";

const [today, earlier] = [randomBytes(32), randomBytes(32)];

describe("secrets for those who call us", () => {
  it("are others for each use and each SECRET_KEY, and the same every time", () => {
    const of = createPushSecrets(() => [today]);
    const all = [
      of("hub/a"),
      of("hub/b"),
      of("webhook/facebook"),
      createPushSecrets(() => [earlier])("hub/a"),
    ];
    expect(new Set(all.flat()).size).toBe(4);
    expect(createPushSecrets(() => [today])("hub/a")).toEqual(of("hub/a"));
    expect(of("hub/a")[0]).toMatch(/^[\w-]{43}$/);
  });

  it("are known by their earlier SECRET_KEY too while it is changed, today's first", () => {
    const secrets = createPushSecrets(() => [today, earlier])("hub/a");
    expect(secrets).toEqual([today, earlier].map((key) => createPushSecrets(() => [key])("hub/a")[0]));
  });
});
