/** The page on which a person lets an app in. */
export const signInStyle = `
.sign-in { max-width: 460px; margin: 7vh auto 0; padding: 0 12px 40px; }
.sign-in form { display: flex; flex-direction: column; gap: 16px; padding: 0 20px 22px; background: var(--card); }
.sign-in .fault { margin: 0 -20px; padding: 10px 20px; }
.sign-in label { display: block; margin-bottom: 5px; font-weight: 650; }
.sign-in small { display: block; margin-top: 4px; color: var(--soft); font-size: 13px; }
.sign-in input {
  width: 100%; padding: 10px 12px; border: 1px solid var(--soft); border-radius: 8px; background: var(--card); color: var(--ink);
  font: inherit; font-size: 16px;
}
.sign-in ul { display: flex; flex-wrap: wrap; gap: 6px; margin-top: -8px; padding: 0; list-style: none; }
.sign-in li { max-width: 100%; padding: 2px 9px; border: 1px solid var(--line); border-radius: 6px; font-size: 13px; }
.sign-in code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; color: var(--soft); }
.answers { display: flex; gap: 10px; }
.answers button {
  flex: 1; padding: 11px 16px; border: 1px solid var(--accent); border-radius: 99px; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 650; cursor: pointer;
}
.answers button + button { border-color: var(--soft); background: var(--card); color: var(--ink); }
@media (max-width: 480px) { .sign-in { margin-top: 12px; } }
`;
