import { chmod, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { shortFolder } from "./short-folder.ts";

describe("a folder for sockets", () => {
  let parent = "";
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "clarion-test-"));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it("is private and lies in its parent", async () => {
    const folder = await shortFolder(parent, "socket", undefined);
    expect(folder).toBe(join(parent, "socket"));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("is short and the same one each time below a deep parent", async () => {
    const deep = join(parent, "a-folder-with-a-long-name".repeat(4));
    const folder = await shortFolder(deep, "socket", undefined);
    expect(folder.length).toBeLessThan(40);
    expect(await shortFolder(deep, "socket", undefined)).toBe(folder);
    expect(await shortFolder(`${deep}2`, "socket", undefined)).not.toBe(folder);
    await rm(folder, { recursive: true });
    await rm(await shortFolder(`${deep}2`, "socket", undefined), { recursive: true });
  });

  it("is refused when others may enter it", async () => {
    await mkdir(join(parent, "socket"));
    await chmod(join(parent, "socket"), 0o755);
    await expect(shortFolder(parent, "socket", undefined)).rejects.toMatchObject({
      code: "data_dir_unusable",
    });
  });
});
