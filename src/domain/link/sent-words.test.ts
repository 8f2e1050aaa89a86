import { describe, expect, it } from "@jest/globals";
import { maySay, type Sent, type Shown } from "./sent-words.ts";

const [look, other] = ["0000000000000000", "ffffffffffffffff"];
const sent = (of: Partial<Sent>): Sent => ({ text: "", options: {}, looks: [], ...of });
const shown = (of: Partial<Shown>): Shown => ({ text: "", title: null, looks: [], missingFiles: 0, ...of });

describe("what an account shows may be what was sent there", () => {
  it.each([
    ["the same words", sent({ text: "Clean water, now!" }), shown({ text: "clean water now" })],
    [
      "its link written otherwise",
      sent({ text: "Look https://a.example/x" }),
      shown({ text: "Look https://t.co/y" }),
    ],
    ["a title above it", sent({ text: "Body", options: { title: "Head" } }), shown({ text: "Head\n\nBody" })],
    [
      "a title beside it",
      sent({ text: "Body", options: { title: "Head" } }),
      shown({ text: "Body", title: "Head" }),
    ],
    ["a title alone", sent({ text: "Body", options: { title: "Head" } }), shown({ title: "Head" })],
    [
      "a warning above it",
      sent({ text: "Body", options: { spoilerText: "CW" } }),
      shown({ text: "CW\nBody" }),
    ],
    ["a picture that is not shown yet", sent({ text: "A well", looks: [look] }), shown({ text: "A well" })],
    ["a picture without words", sent({ looks: [look] }), shown({ looks: [look] })],
    ["a film without words", sent({ looks: [null] }), shown({ looks: [null] })],
    [
      "pictures of which one is not shown",
      sent({ looks: [look, look] }),
      shown({ looks: [look], missingFiles: 1 }),
    ],
    ["signs alone", sent({ text: "🎉🎉" }), shown({ text: "🎉 🎉" })],
  ])("%s", (_what, one, two) => {
    expect(maySay(one, two)).toBe(true);
  });

  it.each([
    ["other words", sent({ text: "Clean water" }), shown({ text: "Clean air" })],
    ["another picture without words", sent({ looks: [look] }), shown({ looks: [other] })],
    ["more pictures without words", sent({ looks: [look] }), shown({ looks: [look, look] })],
    ["other signs", sent({ text: "🎉🎉" }), shown({ text: "🌹🌹" })],
    ["other links", sent({ text: "https://a.example/1" }), shown({ text: "https://a.example/2" })],
    ["words where there were none", sent({ looks: [look] }), shown({ text: "A well", looks: [look] })],
    ["no words where there were some", sent({ text: "A well", looks: [look] }), shown({ looks: [look] })],
  ])("but not with %s", (_what, one, two) => {
    expect(maySay(one, two)).toBe(false);
  });
});
