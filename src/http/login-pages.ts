import type { Response } from "express";
import type { OfferedIdentity } from "../accounts/oauth/choose-accounts.ts";
import { type Html, html } from "../markup/html.ts";
import { loginStyle } from "./login-style.ts";

const policy =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** What a person sees who comes back from a platform. */
export function sendLoginPage(response: Response, status: number, content: Html): void {
  response.status(status);
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cache-Control", "no-store");
  response.type("text/html").end(`<!doctype html>${page(content).markup}`);
}

export function connectedPage(platformName: string, count: number, returnTo: string | null): Html {
  return html`<p class="sign good" aria-hidden="true">✓</p><h1>${platformName} is connected</h1>
    <p>${count === 1 ? "The account can" : `${count} accounts can`} be posted to from now on. You can close this page.</p>
    ${returnTo !== null && html`<p><a class="button" href="${returnTo}">Continue</a></p>`}`;
}

/** @param message a sentence, with or without its full stop */
export function failedPage(platformName: string, message: string, returnTo: string | null): Html {
  return html`<p class="sign" aria-hidden="true">!</p><h1>${platformName} was not connected</h1>
    <p role="alert">${message.replace(/\.$/, "")}.</p>
    <p>Nothing was changed. You can close this page and start again.</p>
    ${returnTo !== null && html`<p><a class="button" href="${returnTo}">Back</a></p>`}`;
}

/** @param isAgain nothing was chosen the first time */
export function choicePage(
  platformName: string,
  offered: readonly OfferedIdentity[],
  isAgain: boolean,
): Html {
  const choices = offered.map(
    ({ externalId, handle, name }) => html`<li><label>
      <input type="checkbox" name="account" value="${externalId}">
      <span><strong dir="auto">${name}</strong> <small dir="auto">${handle}</small></span></label></li>`,
  );
  return html`<h1>Which ${platformName} accounts?</h1>
    <p>Your login may post as each of these. Clarion connects only those you choose.</p>
    ${isAgain && html`<p role="alert">Choose at least one of them.</p>`}
    <form method="post" action="/oauth/choose">
      <ul class="choices">${choices}</ul>
      <button type="submit">Connect</button>
    </form>`;
}

function page(content: Html): Html {
  return html`<html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>Clarion: connect an account</title>
    <link rel="stylesheet" href="${loginStyle.path}"></head>
    <body><main>${content}</main></body></html>`;
}
