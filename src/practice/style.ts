import type { PracticePlatform } from "./kit.ts";
import { cardStyle } from "./style-cards.ts";
import { coloursOf, platformStyle } from "./style-looks.ts";
import { phoneStyle } from "./style-phone.ts";
import { signInStyle } from "./style-sign-in.ts";

/** The practice network's one stylesheet: the pages, the cards on them, then what sets each platform apart. */
export function styleFor(platforms: readonly Pick<PracticePlatform, "platform" | "look">[]): string {
  return `${pageStyle}${cardStyle}${signInStyle}${phoneStyle}${coloursOf(platforms)}${platformStyle}`;
}

const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #f4f3ef; --accent: #2f4d69; --on-accent: #ffffff; --link: #2f4d69; --ground: #ffffff; --card: #ffffff;
  --ink: #1c1e21; --soft: #5f656d; --line: #e3e2dd; --warn: #7a4900; --warn-ground: #fff3dc; --radius: 14px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131417; --accent: #9cc0e2; --on-accent: #101114; --link: #9cc0e2; --ground: #1b1d21; --card: #1b1d21;
    --ink: #e8e8e6; --soft: #a0a5ad; --line: #34373d; --warn: #ffd28a; --warn-ground: #3a2c12;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.45 -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Liberation Sans", Arial, sans-serif;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3, h4, h5, h6, p, ul, figure { margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.intro { max-width: 1400px; margin: 0 auto; padding: 28px 24px 4px; }
.intro h1 { font-size: 26px; line-height: 1.2; letter-spacing: -.02em; }
.intro p { margin-top: 4px; color: var(--soft); }
.intro nav { display: none; gap: 8px; margin-top: 14px; flex-wrap: wrap; }
.chip { padding: 5px 13px; border-radius: 99px; background: var(--accent); color: var(--on-accent); font-weight: 600; font-size: 14px; }
.back { display: flex; gap: 18px; max-width: 620px; margin: 0 auto; padding: 20px 16px 0; }

.columns {
  display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 18px; align-items: start;
  max-width: 1400px; margin: 0 auto; padding: 18px 24px 48px;
}
.single { max-width: 620px; margin: 0 auto; padding: 12px 16px 48px; }
.feed {
  min-width: 0; overflow: hidden; border: 1px solid var(--line); border-radius: var(--radius);
  background: var(--ground); color: var(--ink); scroll-margin-top: 12px;
}
.feed > h1, .feed > h2 { padding: 10px 16px; background: var(--accent); color: var(--on-accent); font-size: 17px; }
.feed > h2 a { display: block; color: inherit; }
.profile { display: flex; gap: 14px; align-items: center; padding: 18px 16px; background: var(--card); border-bottom: 1px solid var(--line); }
.profile > div { min-width: 0; }
.profile h1 { font-size: 20px; }
.profile p, .empty, .more { color: var(--soft); }
.profile .avatar { width: 56px; height: 56px; font-size: 20px; }
.empty, .more { padding: 20px 16px; text-align: center; background: var(--card); }
.more { padding: 0; border-top: 1px solid var(--line); }
.more a { display: block; padding: 12px 16px; font-weight: 600; }
.fault { padding: 8px 16px; background: var(--warn-ground); color: var(--warn); font-size: 14px; }

@media (max-width: 1240px) { .columns { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@media (max-width: 900px) { .columns { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 640px) {
  .intro { padding: 20px 16px 0; }
  .intro nav { display: flex; }
  .columns { grid-template-columns: minmax(0, 1fr); padding: 16px 12px 40px; }
  .single { padding: 12px 12px 40px; }
  .back { padding: 16px 14px 0; }
}
`;
