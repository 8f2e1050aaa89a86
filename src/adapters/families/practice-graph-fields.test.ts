import { describe, expect, it, test } from "@jest/globals";
import { fieldsIn, select } from "./practice-graph-fields.ts";

describe("the fields of a request", () => {
  test.each([
    ["id", ["id"]],
    ["id,text", ["id", "text"]],
    ["likes.limit(0).summary(total_count),id", ["likes.limit(0).summary(total_count)", "id"]],
    ["a{b,c},d", ["a{b,c}", "d"]],
    ["a{b,c{d,e}},f{g}", ["a{b,c{d,e}}", "f{g}"]],
  ])("%s", (fields, expected) => {
    expect(fieldsIn(fields)).toEqual(expected);
  });

  it("narrow what is within, as deep as they go", () => {
    const image = { src: "x.jpg", width: 1 };
    const parts = { data: [{ id: "2", title: "t", media: { image } }] };
    const node = { id: "1", parts, from: { id: "3", name: "n" }, empty: undefined, later: () => 7 };
    expect(select(node, "Node", "parts")).toEqual({ id: "1", parts: { data: [{ id: "2" }] } });
    expect(select(node, "Node", "parts{media{image{src}}},later,empty")).toEqual({
      id: "1",
      parts: { data: [{ id: "2", media: { image: { src: "x.jpg" } } }] },
      later: 7,
    });
    expect(select(node, "Node", "from")).toMatchObject({ from: { name: "n" } });
    expect(() => select(node, "Node", "parts{sighs}")).toThrow(/nonexisting field \(sighs\)/);
    expect(() => select(node, "Node", "sighs")).toThrow(/nonexisting field/);
  });
});
