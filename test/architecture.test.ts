import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { adapters } from "../src/adapters/registry.ts";
import { platforms } from "../src/domain/platform.ts";
import { practicePlatforms } from "../src/practice/registry.ts";

const root = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const names = (folder: string) => readdirSync(new URL(folder, root)).map((name) => name.replace(/\.ts$/, ""));

const sources = () =>
  ["config", "src", "workers"]
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true }).map((name) => `${folder}/${name as string}`),
    )
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .toSorted();

interface Compose {
  readonly services: Readonly<
    Record<string, { command?: unknown; healthcheck?: unknown; environment?: Record<string, string> }>
  >;
}
const compose = parse(read("docker-compose.yml"), { merge: true }) as Compose;

describe("a platform is one folder, one name in the registry, one worker file and one compose service", () => {
  const expected = [...platforms].toSorted();
  const others = ["api", "health", "rotate-key", "scheduler"];
  it.each([
    [
      "adapter folders",
      names("src/adapters").filter((name) => !["contract", "families", "registry"].includes(name)),
    ],
    ["adapters found by the registry", Object.keys(adapters)],
    ["pretend platforms found by it", practicePlatforms.map((practice) => practice.platform)],
    ["worker files", names("workers").filter((name) => !others.includes(name))],
    [
      "compose services",
      Object.keys(compose.services).filter((name) => !["postgres", "redis", ...others].includes(name)),
    ],
  ])("%s", (_where, found) => expect([...found].toSorted()).toEqual(expected));

  it("and no other file of the program names one, but for how some are spelled", () => {
    const spelling = ["config/platform-env.ts", "src/practice/names.ts", "src/practice/style-looks.ts"];
    const texts = sources()
      .filter((file) => !spelling.includes(file))
      .map((file) => [file, read(file)] as const);
    const naming = (platform: string) =>
      texts.filter(
        ([file, text]) =>
          !file.startsWith(`src/adapters/${platform}/`) &&
          new RegExp(`["'\`]${platform}["'\`]|adapters/${platform}/`).test(text),
      );
    // One letter means other things as well.
    for (const platform of platforms.filter(({ length }) => length > 1))
      expect(naming(platform).map(([file]) => file)).toEqual([
        "src/domain/platform.ts",
        `workers/${platform}.ts`,
      ]);
  });

  it("every adapter answers to its folder's name", () => {
    for (const [name, adapter] of Object.entries(adapters)) expect(adapter.platform).toBe(name);
  });
});

describe("docker-compose.yml", () => {
  it("runs a file that is built for every worker, and watches the health of every service", () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect(service.healthcheck).toBeDefined();
      if ((platforms as readonly string[]).includes(name))
        expect(service.command).toEqual(["node", `dist/workers/${name}.js`]);
    }
  });
  it("has no default for any secret", () => {
    const used = [...read("docker-compose.yml").matchAll(/\$\{(\w*(?:PASSWORD|SECRET)\w*)([^}]*)\}/g)];
    expect(used.length).toBeGreaterThan(4);
    for (const [, , rest] of used) expect(rest).toMatch(/^:\?/);
  });
  it("keeps Redis from losing or evicting jobs", () => {
    const command = (compose.services.redis!.command as string[]).join(" ");
    expect(command).toContain("--appendonly yes");
    expect(command).toContain("--maxmemory-policy noeviction");
  });
});

describe("the lock file", () => {
  it("names no registry", () => expect(read("package-lock.json")).not.toMatch(/"resolved"/));
});
