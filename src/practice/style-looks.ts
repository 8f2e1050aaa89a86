import type { PracticePlatform } from "./kit.ts";
import { type Palette, plainLook } from "./look.ts";

/** The few things that set a platform apart and are no matter of colour or shape. */
export const platformStyle = `
.x { --radius: 4px; }
.x .link, .x img, .x video { border-radius: 16px; }

.facebook { --radius: 10px; }
.facebook .thread, .linkedin .thread, .tumblr .thread, .reddit .thread, .wordpress .thread { margin: 10px; border: 0; border-radius: 10px; overflow: hidden; box-shadow: 0 1px 2px rgb(0 0 0 / .16); }
.linkedin .thread { border-radius: 6px; }
.linkedin { --avatar: 4px; --radius: 6px; }

.instagram > h1, .instagram > h2 { background: linear-gradient(90deg, #b4540f, #c12f66 55%, #7a3fb5); }
.instagram .post.photo .avatar { width: 34px; height: 34px; font-size: 13px; outline: 2px solid #c9356b; outline-offset: 2px; margin: 2px; }

.threads { --radius: 18px; }
.threads > h1, .threads > h2 { text-align: center; }
.threads .handle { display: none; }
.threads .stream:not(:last-child)::before, .bluesky .stream:not(:last-child)::before { background: var(--soft); opacity: .45; }

.pinterest .posts { columns: 2; column-gap: 0; padding: 6px; }
.pinterest .thread { break-inside: avoid; border: 0; }
.pinterest .post { padding: 6px; gap: 6px; margin-bottom: 8px; font-size: 14px; }
.pinterest .title { font-size: 15px; }
.single .pinterest .posts { columns: 3; }
.pinterest .posts:has(> :only-child) { columns: 1; max-width: 320px; margin: 0 auto; }
.pinterest > .thread { max-width: 380px; margin: 0 auto; padding: 12px 0; }

.youtube .thread { padding-bottom: 6px; border: 0; }
.tumblr { --avatar: 8px; --radius: 10px; }
.mastodon { --avatar: 10px; --radius: 12px; }
.bluesky { --radius: 16px; }
.wordpress { --radius: 4px; }
.wordpress .thread { border-radius: 2px; }

@media (max-width: 520px) { .single .pinterest .posts { columns: 2; } }
`;

/** Each platform's colours as custom properties, by day and by night. */
export function coloursOf(platforms: readonly Pick<PracticePlatform, "platform" | "look">[]): string {
  const rules = (time: "light" | "dark") =>
    platforms
      .map(({ platform, look = plainLook }) => `.${platform} { ${properties(look[time])} }`)
      .join("\n");
  return `${rules("light")}\n@media (prefers-color-scheme: dark) {\n${rules("dark")}\n}\n`;
}

function properties({ accent, onAccent, link, ground, card, ink, soft, line }: Palette): string {
  return `--accent: ${accent}; --on-accent: ${onAccent}; --link: ${link}; --ground: ${ground}; --card: ${card}; --ink: ${ink}; --soft: ${soft}; --line: ${line};`;
}
