/** The forms that act as a platform's own app. */
export const phoneStyle = `
.phone { background: var(--card); border-bottom: 1px solid var(--line); }
.phone > summary {
  display: flex; align-items: center; gap: 8px; padding: 12px 16px; color: var(--link); font-weight: 650; cursor: pointer; list-style: none;
}
.phone > summary::-webkit-details-marker { display: none; }
.phone > summary::before { content: "+"; width: 1em; font-size: 18px; line-height: 1; text-align: center; }
.phone[open] > summary::before { content: "−"; }
.phone > summary:focus-visible { outline-offset: -3px; }
.phone > :last-child:not(summary) { padding-bottom: 16px; }
.phone .note { color: var(--soft); font-size: 14px; }
.phone > .note { padding: 0 16px 12px; }
.phone form { display: flex; flex-direction: column; gap: 14px; padding: 0 16px; }
.phone .fault { margin: 0 -16px; outline-offset: -2px; }
.phone label { display: block; margin-bottom: 4px; font-weight: 650; }
.phone label span { color: var(--soft); font-weight: 400; }
.phone small { display: block; margin-top: 4px; color: var(--soft); font-size: 13px; }
.phone :is(input, select, textarea) {
  display: block; width: 100%; min-width: 0; padding: 9px 12px; border: 1px solid var(--soft); border-radius: 8px;
  background: var(--card); color: var(--ink); font: inherit; font-size: 16px;
}
.phone textarea { resize: vertical; }
.phone ::file-selector-button {
  margin-inline-end: 12px; padding: 4px 12px; border: 1px solid var(--soft); border-radius: 99px;
  background: var(--card); color: var(--ink); font: inherit; font-size: 14px; cursor: pointer;
}
.phone .answers { justify-content: flex-end; }
.phone .answers button { flex: none; min-width: 120px; }
`;
