/** The style of the few pages around a login, served from a path of its own: the policy allows nothing inline. */
export const loginStyle = {
  path: "/oauth/style.css",
  css: `
:root { color-scheme: light dark; --ground: #f4f3ef; --panel: #fff; --ink: #1c1e21; --soft: #5b6169; --line: #dddcd6;
  --accent: #2f4d69; --on-accent: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #16181b; --panel: #202327; --ink: #eceef0; --soft: #a7adb5; --line: #363a40; --accent: #9cc3e6; --on-accent: #10202e; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; padding: 0 12px 24px; overflow-wrap: anywhere; background: var(--ground); color: var(--ink); font: 17px/1.5 system-ui, "Noto Sans", sans-serif; }
main { max-width: 34rem; margin: 12vh auto 0; padding: 2rem; background: var(--panel); border: 1px solid var(--line);
  border-radius: 14px; }
.sign { width: 3rem; height: 3rem; margin: 0 0 1rem; border-radius: 50%; background: var(--line); color: var(--ink); font-size: 1.5rem;
  font-weight: 700; line-height: 3rem; text-align: center; }
.sign.good { background: #1f6b4a; color: #fff; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: .5rem 0; color: var(--soft); overflow-wrap: anywhere; }
p[role=alert] { color: var(--ink); }
.choices { list-style: none; margin: 1rem 0; padding: 0; border-top: 1px solid var(--line); }
.choices label { display: flex; gap: .75rem; align-items: center; padding: .75rem .25rem; border-bottom: 1px solid var(--line);
  cursor: pointer; }
.choices span { min-width: 0; }
.choices small { color: var(--soft); display: block; }
input[type=checkbox] { flex: none; width: 1.25rem; height: 1.25rem; accent-color: var(--accent); }
button, .button { display: inline-block; margin-top: .5rem; padding: .6rem 1.4rem; border: 0; border-radius: 99px; font: inherit;
  font-weight: 600; color: var(--on-accent); background: var(--accent); text-decoration: none; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (max-width: 480px) { main { margin-top: 12px; padding: 1.4rem 1.2rem; } }
`,
};
