/** The practice network's one stylesheet: shared shapes first, then what sets each platform apart. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f3ef; --panel: #ffffff; --card: #ffffff; --ink: #1c1e21; --soft: #646a73; --line: #e3e2dd;
  --accent: #3a5a78; --accent-ink: #2f4d69; --radius: 14px; --avatar: 50%; --warn: #8a5200; --warn-ground: #fff3dc;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.45 -apple-system, "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, "Liberation Sans", Arial, sans-serif;
}
a { color: var(--accent-ink); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, p, figure { margin: 0; }

.intro { max-width: 1320px; margin: 0 auto; padding: 28px 24px 4px; }
.intro h1 { font-size: 26px; line-height: 1.2; letter-spacing: -.02em; }
.intro p { margin-top: 4px; color: var(--soft); }
.intro nav { display: none; gap: 8px; margin-top: 14px; flex-wrap: wrap; }
.chip { padding: 4px 12px; border-radius: 99px; background: var(--accent); color: #fff; font-weight: 600; font-size: 14px; }
.back { max-width: 620px; margin: 0 auto; padding: 22px 16px 0; }

.columns {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(236px, 1fr)); gap: 18px;
  max-width: 1320px; margin: 0 auto; padding: 18px 24px 48px; align-items: start;
}
.single { max-width: 620px; margin: 0 auto; padding: 12px 16px 48px; }
.feed {
  min-width: 0; overflow: hidden; border: 1px solid var(--line); border-top: 4px solid var(--accent);
  border-radius: var(--radius); background: var(--panel);
}
.feed > h1, .feed > h2 { padding: 11px 16px; font-size: 17px; border-bottom: 1px solid var(--line); }
.feed > h2 a { color: inherit; }
.profile { display: flex; gap: 14px; align-items: center; padding: 18px 16px; border-bottom: 1px solid var(--line); }
.profile h1 { font-size: 20px; }
.profile p, .empty, .more { color: var(--soft); }
.empty, .more { padding: 22px 16px; text-align: center; }
.fault { padding: 8px 16px; background: var(--warn-ground); color: var(--warn); font-size: 14px; }

.thread { border-bottom: 1px solid var(--line); background: var(--card); }
.thread:last-child { border-bottom: 0; }
.post { position: relative; display: flex; gap: 11px; padding: 14px 16px; }
.post + .post { padding-top: 0; }
.post:not(:last-child)::before {
  content: ""; position: absolute; left: 35px; top: 58px; bottom: 4px; width: 2px; border-radius: 2px; background: var(--line);
}
.post + .post:not(:last-child)::before { top: 44px; }
.focus .text { font-size: 18px; }
.avatar {
  flex: none; display: grid; place-items: center; width: 40px; height: 40px; border-radius: var(--avatar);
  color: #fff; font-size: 15px; font-weight: 650; letter-spacing: .02em;
}
.profile .avatar { width: 56px; height: 56px; font-size: 20px; }
.hue-0 { background: #b4472f; } .hue-1 { background: #8a6414; } .hue-2 { background: #4c7a2e; } .hue-3 { background: #1f7a6c; }
.hue-4 { background: #2a6b99; } .hue-5 { background: #5057b0; } .hue-6 { background: #86479f; } .hue-7 { background: #a83c6c; }
.body { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 8px; }
.body > header { display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 8px; align-items: baseline; line-height: 1.3; }
.name { justify-self: start; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--ink); font-weight: 650; }
.handle { grid-row: 2; color: var(--soft); font-size: 14px; overflow-wrap: anywhere; }
.when { color: var(--soft); font-size: 13px; white-space: nowrap; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.tag { color: var(--accent-ink); }
.note { color: var(--soft); font-size: 13px; }
.warned { display: flex; flex-direction: column; }
.warned > summary { padding: 6px 10px; border-radius: 8px; background: var(--ground); font-weight: 600; cursor: pointer; }
.warned > * + * { margin-top: 8px; }

.media { display: grid; gap: 8px; align-items: start; }
.count-2, .count-3, .count-4 { grid-template-columns: 1fr 1fr; }
.count-3 figure:first-child { grid-column: 1 / -1; }
img, video { display: block; width: 100%; max-height: 460px; object-fit: cover; border-radius: 10px; background: var(--line); }
.count-2 img, .count-3 img, .count-4 img { aspect-ratio: 4 / 3; }
figcaption { margin-top: 4px; color: var(--soft); font-size: 13px; line-height: 1.35; overflow-wrap: anywhere; }
figcaption b {
  padding: 0 5px; border: 1px solid currentColor; border-radius: 4px; font-size: 10px; letter-spacing: .04em; vertical-align: 1px;
}
.link {
  display: block; padding: 9px 12px; border: 1px solid var(--line); border-radius: 10px; overflow: hidden;
  white-space: nowrap; text-overflow: ellipsis; color: var(--ink);
}
.link span { display: block; color: var(--soft); font-size: 13px; }

.x { --accent: #16181c; --accent-ink: #1569a8; --radius: 4px; --line: #e6eaed; --soft: #5b6873; }
.x .link { border-radius: 16px; }
.x img, .x video { border-radius: 16px; }

.facebook { --accent: #1b6fe0; --accent-ink: #1559b8; --panel: #eef0f4; --radius: 10px; --line: #dfe2e8; --soft: #62676f; }
.facebook > h1, .facebook > h2, .facebook > .profile { background: var(--card); }
.facebook .thread { margin: 10px; border: 0; border-radius: 10px; box-shadow: 0 1px 2px rgb(0 0 0 / .14); }
.facebook .link { border-radius: 8px; background: var(--panel); }

.facebook .post, .instagram .post { display: grid; grid-template-columns: auto minmax(0, 1fr); padding: 12px 0; gap: 9px 10px; }
.facebook .post .avatar, .instagram .post .avatar { margin-inline-start: 14px; }
.facebook .body, .instagram .body { display: contents; }
.facebook .body > *, .instagram .body > * { margin-inline: 14px; }
.facebook .body > header, .instagram .body > header { align-self: center; margin-inline: 0 14px; }
.facebook .body > :not(header), .instagram .body > :not(header) { grid-column: 1 / -1; }
.facebook .body > .media, .instagram .body > .media { margin-inline: 0; }
.facebook img, .facebook video, .instagram img, .instagram video { border-radius: 0; }
.facebook figcaption, .instagram figcaption { margin-inline: 14px; }
.facebook .media, .instagram .media { gap: 8px 2px; }
.facebook .post::before, .instagram .post::before { display: none; }
.facebook .post + .post, .instagram .post + .post { padding-inline-start: 26px; }

.instagram { --accent: #c13584; --accent-ink: #8f2a6b; --radius: 12px; --line: #e8e2e6; --soft: #6e666c; }
.feed.instagram { border-top-color: transparent; background:
  linear-gradient(var(--panel), var(--panel)) padding-box, linear-gradient(90deg, #e0912f, #c9356b, #7a3fb5) border-box; }
.instagram .post .avatar { width: 36px; height: 36px; font-size: 13px; outline: 2px solid #c9356b; outline-offset: 2px; }
.instagram .body > .media { order: 1; }
.instagram .body > .text, .instagram .body > .note, .instagram .body > .link { order: 2; }
.instagram img, .instagram video { aspect-ratio: 1; }

.mastodon { --accent: #6347d4; --accent-ink: #5438c4; --panel: #f1eefb; --radius: 12px; --avatar: 10px; --line: #dfd9f3; --soft: #655f7c; }
.mastodon .warned > summary { background: var(--panel); }

@media (max-width: 640px) {
  .intro { padding: 20px 16px 0; }
  .intro nav { display: flex; }
  .columns { padding: 16px 12px 40px; }
}

@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131417; --panel: #1b1d21; --card: #1b1d21; --ink: #e8e8e6; --soft: #a0a5ad; --line: #2e3137;
    --accent: #7fa3c4; --accent-ink: #9cc0e2; --warn: #ffd28a; --warn-ground: #3a2c12;
  }
  .chip { color: #101114; }
  .x { --accent: #e8e8e6; --accent-ink: #7cc0f5; --panel: #000000; --card: #000000; --line: #2a2d31; --soft: #8d949c; }
  .facebook { --accent: #5b9bf5; --accent-ink: #8cb9fa; --panel: #18191b; --card: #242628; --line: #383a3e; --soft: #aab0b8; }
  .instagram { --accent: #e27ab2; --accent-ink: #f0a3cd; --panel: #121213; --card: #121213; --line: #2c292b; --soft: #aaa2a8; }
  .mastodon { --accent: #9d87f5; --accent-ink: #b6a6fb; --panel: #1e1b2a; --card: #232031; --line: #37324a; --soft: #aaa3c2; }
}
`;
