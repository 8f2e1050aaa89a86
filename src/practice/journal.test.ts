import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { openStore } from "./store.ts";

describe("the practice network's memory", () => {
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  beforeEach(async () => {
    folder = await tempFolder();
  });
  afterEach(() => folder.remove());
  const journal = () => join(folder.path, "journal.ndjson");

  it("is the same after it was closed and opened", () => {
    const [before, after] = [openStore(folder.path), () => openStore(folder.path).collection("a").list()];
    const documents = before.collection<unknown>("a");
    documents.put("1", { text: "line\nbreak\u2028" });
    documents.put("2", [1, null, "x"]);
    documents.put("1", { text: "changed" });
    documents.put("3", 3);
    documents.delete("3");
    before.close();
    expect(after()).toEqual([
      ["1", { text: "changed" }],
      ["2", [1, null, "x"]],
    ]);
  });

  it.each(['[{"c":"a","k":"2","v":2},{"c":"a","k"', '[{"c":"a","k":"2","v":2}]'])(
    "leaves out a torn last line: %s",
    (torn) => {
      const store = openStore(folder.path);
      store.collection("a").put("1", 1);
      store.flush();
      appendFileSync(journal(), torn); // without the line's end
      expect(openStore(folder.path).collection("a").list()).toEqual([["1", 1]]);
      store.close();
    },
  );

  it("goes on after a torn line as if it had never been", () => {
    writeFileSync(journal(), '[{"c":"a","k":"1","v":1}]\n[{"c":"a","k"');
    const store = openStore(folder.path);
    store.collection("a").put("2", 2);
    store.close();
    expect(openStore(folder.path).collection("a").list()).toEqual([
      ["1", 1],
      ["2", 2],
    ]);
  });

  it("keeps changes made together whole or not at all", () => {
    const store = openStore(folder.path);
    store.collection("posts").put("1", "public");
    store.collection("keys").put("key", "1");
    store.close();
    const whole = readFileSync(journal(), "utf8");
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(journal(), whole.slice(0, length));
      const torn = openStore(folder.path);
      expect([torn.collection("posts").list(), torn.collection("keys").list()]).toEqual([[], []]);
      torn.close();
    }
  });

  it("does not start over damage in the middle", () => {
    writeFileSync(journal(), '[{"c":"a"\n[{"c":"a","k":"1","v":1}]\n');
    expect(() => openStore(folder.path)).toThrow("damaged in line 1");
  });

  it("is compacted when it is opened", () => {
    const store = openStore(folder.path);
    for (let round = 0; round < 100; round++) store.collection("a").put("1", round);
    store.close();
    openStore(folder.path);
    expect(readFileSync(journal(), "utf8")).toBe('[{"c":"a","k":"1","v":99}]\n');
  });
});
