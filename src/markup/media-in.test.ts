import { expect, it } from "@jest/globals";
import { mediaIn } from "./media-in.ts";

it("pictures and videos are found, smileys, sounds and dots that count readers are not", () => {
  const html = `<p><img src="/a.jpg" alt="A &amp; B"><img class="wp-smiley" src="/smile.png" alt="🙂">
    <img src="https://count.example/x.gif" width="1" height="1"><video src='/c.mp4'></video>
    <audio><source src="/d.mp3" type="audio/mpeg"></audio><picture><source srcset="/e.webp"><IMG SRC=/e.jpg></picture></p>`;
  expect(mediaIn(html)).toEqual([
    { url: "/a.jpg", kind: "image", altText: "A & B" },
    { url: "/c.mp4", kind: "video", altText: "" },
    { url: "/e.jpg", kind: "image", altText: "" },
  ]);
});
