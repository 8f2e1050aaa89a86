import { readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import { version } from "./version.ts";

it("the version is the package's", () => {
  const file = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  expect(version).toBe((JSON.parse(file) as { version: string }).version);
});
