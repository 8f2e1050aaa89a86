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
    <link rel="stylesheet" href="/style.css"></head><body class="${platform}"><main class="sign-in"><section class="feed">
    <h1>Log in to ${name}</h1>
    <form method="post">
      <p class="fault">This is the practice network on your own machine, not ${name}. It asks for no password: never type one here.</p>
      <p><label for="handle">Who are you?</label>
        <input id="handle" name="handle" value="${handles[0] ?? ""}" list="people" required maxlength="31"
          pattern="@?[A-Za-z0-9_]{1,30}" title="Letters, digits and _" autocomplete="off" autocapitalize="none" spellcheck="false">
        <small>Any name will do: letters, digits and _</small></p>
      <datalist id="people">${handles.map((handle) => html`<option value="${handle}">`)}</datalist>
      <p><strong>Clarion</strong> would like to post for you. It asks for:</p>
      <ul>${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>
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
