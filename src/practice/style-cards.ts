import { avatarColours } from "./look.ts";

/** What posts are made of, and how each shape puts it together. */
export const cardStyle = `
.thread { background: var(--card); border-bottom: 1px solid var(--line); }
.posts > .thread:last-child { border-bottom: 0; }
.post { display: flex; flex-direction: column; gap: 9px; padding: 14px 16px; min-width: 0; }
.avatar {
  flex: none; display: grid; place-items: center; width: 40px; height: 40px; border-radius: var(--avatar, 50%);
  color: #fff; font-size: 15px; font-weight: 650; letter-spacing: .02em;
}
${avatarColours.map((colour, hue) => `.hue-${hue} { background: ${colour}; }`).join(" ")}
.head { display: flex; gap: 10px; align-items: center; }
.head > :last-child { flex: 1; min-width: 0; }
.post header {
  display: grid; grid-template-columns: minmax(0, 1fr) auto; column-gap: 8px; align-items: baseline; line-height: 1.3;
}
.name {
  justify-self: start; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  color: var(--ink); font-weight: 650;
}
.handle {
  grid-row: 2; justify-self: start; max-width: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  color: var(--soft); font-size: 14px;
}
.when { color: var(--soft); font-size: 13px; white-space: nowrap; }
.title { font-size: 17px; line-height: 1.3; font-weight: 700; }
.title a { color: var(--ink); }
.text { white-space: pre-wrap; }
.focus > .text, .focus > .body > .text { font-size: 17px; }
.text .tag { color: var(--link); }
.rest { margin-top: -4px; font-weight: 600; font-size: 14px; }
.warned { display: flex; flex-direction: column; }
.warned > summary { padding: 7px 11px; border-radius: 8px; background: var(--paper); font-weight: 600; cursor: pointer; }
.warned > * + * { margin-top: 8px; }

.labels { display: flex; flex-wrap: wrap; gap: 5px 6px; padding: 0; list-style: none; font-size: 13px; line-height: 1.4; }
.labels li { max-width: 100%; padding: 1px 8px; border: 1px solid var(--line); border-radius: 99px; color: var(--soft); }
.labels .tag { padding-inline: 0; border: 0; color: var(--link); }

.media { display: grid; gap: 8px; align-items: start; }
.count-2, .count-3, .count-4 { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.count-3 figure:first-child { grid-column: 1 / -1; }
img, video {
  display: block; width: 100%; max-height: 460px; object-fit: cover; border-radius: 10px; background: var(--line);
}
video { background: #000; object-fit: contain; }
.columns img, .columns video { max-height: 300px; }
.count-2 img, .count-3 img, .count-4 img { aspect-ratio: 4 / 3; }
figcaption { margin-top: 4px; color: var(--soft); font-size: 13px; line-height: 1.35; }
figcaption b {
  padding: 0 5px; border: 1px solid currentColor; border-radius: 4px; font-size: 10px; letter-spacing: .04em; vertical-align: 1px;
}
.link {
  display: block; padding: 9px 12px; border: 1px solid var(--line); border-radius: 10px; color: var(--ink); overflow: hidden;
  white-space: nowrap; text-overflow: ellipsis;
}
.link span { display: block; color: var(--soft); font-size: 13px; overflow: hidden; text-overflow: ellipsis; }
.link strong { display: block; white-space: normal; line-height: 1.35; }

.stream { position: relative; flex-direction: row; gap: 11px; }
.body { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 8px; }
.stream + .stream { padding-top: 0; }
.stream:not(:last-child)::before {
  content: ""; position: absolute; inset-inline-start: 35px; top: 58px; bottom: 4px; width: 2px; border-radius: 2px; background: var(--line);
}
.stream + .stream:not(:last-child)::before { top: 44px; }

.answer { flex-direction: row; gap: 9px; padding: 0 16px 12px 22px; }
.answer .avatar { width: 28px; height: 28px; font-size: 11px; }
.answer .body { gap: 3px; padding: 7px 12px; border-radius: 12px; background: color-mix(in srgb, var(--ink) 5%, var(--card)); }
.answer .handle { display: none; }

.card > .media, .photo > .media { margin-inline: -16px; }
.card img, .card video, .photo img, .photo video { border-radius: 0; }
.card figcaption, .photo figcaption { margin-inline: 16px; }
.card > .media, .photo > .media { gap: 8px 2px; }
.photo img, .photo video { aspect-ratio: 1; max-height: none; }
.columns .photo img, .columns .photo video { max-height: none; }

.post > .document { margin-inline: -16px; }
.post > .document img, .post > .document video { border-radius: 0; }
.post > .document figcaption { margin-inline: 16px; }
.post > .document .title { margin-top: 4px; padding: 8px 16px; background: color-mix(in srgb, var(--ink) 5%, var(--card)); font-size: 15px; }

.journal .title { font-size: 21px; letter-spacing: -.01em; }
.journal > .labels { gap: 3px 10px; font-size: 14px; }

.forum .avatar { width: 32px; height: 32px; font-size: 12px; }
.forum .place > strong { display: block; line-height: 1.2; }
.forum .name { color: var(--soft); font-weight: 400; font-size: 13px; }
.forum .handle { display: none; }
.forum .flair { border: 0; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.forum .nsfw { border-color: var(--accent); color: var(--accent); font-weight: 700; }
.votes { display: flex; gap: 8px; color: var(--soft); font-size: 13px; font-weight: 600; }
.votes > span { padding: 4px 12px; border-radius: 99px; background: color-mix(in srgb, var(--ink) 6%, var(--card)); }
.votes b { font-weight: 400; }

.pin img, .pin video { border-radius: 16px; max-height: none; }
.columns .pin img, .columns .pin video { max-height: none; }
.pin .avatar { width: 28px; height: 28px; font-size: 11px; }
.pin .place { font-size: 14px; color: var(--soft); }
.pin .place strong { color: var(--ink); }

.video > .media { margin: -14px -16px 0; }
.video video { border-radius: 0; aspect-ratio: 16 / 9; max-height: none; }
.video .title { font-size: 16px; font-weight: 650; }
.video .avatar { width: 34px; height: 34px; font-size: 13px; }
.video > .text { padding: 9px 12px; border-radius: 10px; background: color-mix(in srgb, var(--ink) 5%, var(--card)); font-size: 14px; }

.article { gap: 10px; }
.post.article { padding: 20px 18px; }
.post.article > .title { font: 700 23px/1.22 Georgia, "Noto Serif", "Liberation Serif", serif; letter-spacing: -.01em; }
.post.article > header { display: flex; flex-wrap: wrap; gap: 0 10px; font-size: 14px; }
.post.article > header .name { font-weight: 600; }
.post.article > .text { font-family: Georgia, "Noto Serif", "Liberation Serif", serif; font-size: 16px; line-height: 1.6; }
.text.article { white-space: normal; }
.text.article > * + * { margin-top: .75em; }
.text.article :is(h4, h5, h6) { font-size: 1.08em; line-height: 1.3; }
.text.article h4 { font-size: 1.2em; }
.text.article :is(ul, ol) { padding-inline-start: 1.4em; }
.text.article ol { margin-bottom: 0; }
.text.article blockquote { margin: .75em 0; padding-inline-start: 14px; border-inline-start: 3px solid var(--accent); }
.text.article :is(pre, code) { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
.text.article pre { padding: 10px 12px; border-radius: 8px; background: color-mix(in srgb, var(--ink) 6%, var(--card)); white-space: pre-wrap; }
.text.article hr { border: 0; border-top: 1px solid var(--line); }
.text.article table { width: 100%; border-collapse: collapse; table-layout: fixed; }
.text.article :is(th, td) { padding: 4px 8px; border: 1px solid var(--line); text-align: start; }
`;
