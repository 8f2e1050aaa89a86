import { describe, expect, it } from "@jest/globals";
import { avatarColours, plainLook } from "./look.ts";
import { practicePlatforms } from "./registry.ts";

const least = 4.5; // https://www.w3.org/TR/WCAG22/#contrast-minimum (checked 2026-11)

describe("what is written on a timeline stands out enough to be read", () => {
  const palettes = practicePlatforms.flatMap(({ platform, look = plainLook }) => [
    { platform, at: "day", ...look.light },
    { platform, at: "night", ...look.dark },
  ]);
  it.each(palettes)("on $platform by $at", ({ accent, onAccent, card, ink, soft, link }) => {
    const pairs = { band: [onAccent, accent], ink: [ink, card], soft: [soft, card], link: [link, card] };
    const faint = Object.entries(pairs).filter(([, [text, ground]]) => contrast(text!, ground!) < least);
    expect(faint).toEqual([]);
  });

  it("and so do the initials of whoever posts", () => {
    expect(avatarColours.filter((colour) => contrast("#ffffff", colour) < least)).toEqual([]);
  });
});

/** From 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio (checked 2026-11) */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
