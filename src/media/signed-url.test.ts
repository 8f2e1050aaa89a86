import { randomBytes } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { createMediaUrls } from "./signed-url.ts";

const hourMs = 3_600_000;
const origins = { publicUrl: "https://clarion.example", localUrl: "http://127.0.0.1:3000" };
const secretKey = randomBytes(32);
let nowMs = Date.UTC(2026, 10, 20, 10, 15);
const urls = createMediaUrls(secretKey, origins, () => nowMs);

describe("a signed address", () => {
  it("leads to us from outside for live platforms, to this machine for practice ones", () => {
    expect(urls.publicUrl("med_1")).toMatch(
      /^https:\/\/clarion\.example\/media\/med_1\?exp=\d{10}&sig=[\w-]{43}$/,
    );
    expect(urls.localUrl("med_1")).toMatch(/^http:\/\/127\.0\.0\.1:3000\/media\/med_1\?/);
  });

  it("holds at least an hour whenever it was made, and not for a day", () => {
    for (let minute = 0; minute < 60; minute += 1) {
      nowMs = Date.UTC(2026, 10, 20, 10, minute);
      const [exp, sig] = partsOf(urls.path("med_1"));
      nowMs += hourMs;
      expect(urls.isValid("med_1", exp, sig)).toBe(true);
      nowMs += 23 * hourMs;
      expect(urls.isValid("med_1", exp, sig)).toBe(false);
    }
  });

  it("holds for one file, one end and one key", () => {
    const [exp, sig] = partsOf(urls.path("med_1"));
    expect(urls.isValid("med_1", exp, sig)).toBe(true);
    const later = String(Number(exp) + 1);
    const flipped = `${sig.startsWith("A") ? "B" : "A"}${sig.slice(1)}`;
    const doubts: [string, string, string][] = [
      ["med_2", exp, sig],
      ["med_1", later, sig],
      ["med_1", exp, flipped],
      ["med_1", exp, ""],
      ["med_1", exp, `${sig}=`],
      ["med_1", `${exp}.0`, sig],
      ["med_1", "", sig],
      ["med_1\n", exp, sig],
    ];
    for (const doubt of doubts) expect(urls.isValid(...doubt)).toBe(false);
    expect(createMediaUrls(randomBytes(32), origins, () => nowMs).isValid("med_1", exp, sig)).toBe(false);
  });
});

function partsOf(path: string): [exp: string, sig: string] {
  const { searchParams } = new URL(path, origins.publicUrl);
  return [searchParams.get("exp") ?? "", searchParams.get("sig") ?? ""];
}
