import type { Platform } from "../domain/platform.ts";
import { html } from "../markup/html.ts";
import type { PracticeReply } from "./kit.ts";
import { nameOf } from "./names.ts";

/** Who are you, and may this app post for you? The form goes back to the address it is shown at. */
export function signInPage(
  platform: Platform,
  handles: readonly string[],
  scopes: readonly string[],
  redirectUri: string,
): PracticeReply {
  const name = nameOf(platform);
  const page = html`<html lang="en" data-platform="${platform}"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>${name}: log in</title>
    <link rel="stylesheet" href="/style.css"></head><body class="${platform}"><main class="single"><section class="feed sign-in">
    <h1>Log in to ${name} <small>on the practice network</small></h1>
    <form method="post">
      <p><strong>Clarion</strong> would like to post for you. It asks for:</p>
      <ul>${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
      <p><label>Who are you? <input name="handle" value="${handles[0] ?? ""}" list="people" required
        pattern="@?[A-Za-z0-9_]{1,30}" autocomplete="off"></label>
        <datalist id="people">${handles.map((handle) => html`<option value="${handle}">`)}</datalist></p>
      <p class="answers"><button name="answer" value="allow">Allow</button>
        <button name="answer" value="deny" formnovalidate>Cancel</button></p>
    </form></section></main></body></html>`;
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self' ${new URL(redirectUri).origin}; frame-ancestors 'none'`,
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
    body: `<!doctype html>${page.markup}`,
  };
}
