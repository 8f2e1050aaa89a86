import { createRequire } from "node:module";
import type { Response } from "express";
import { errorsPage, errorsStyle } from "../errors-page.ts";
import { openApiOf } from "../openapi.ts";
import { type Route, route } from "../route.ts";

const asset = createRequire(import.meta.url).resolve;
const assets = {
  "/docs/swagger-ui.css": asset("swagger-ui-dist/swagger-ui.css"),
  "/docs/swagger-ui-bundle.js": asset("swagger-ui-dist/swagger-ui-bundle.js"),
};

// Everything comes from here; `data:` are the icons inside Swagger UI's own style sheet.
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The OpenAPI document, and pages to read it: for people in a browser, who give the key as a password. */
export function docsRoutes(calls: readonly Route[], version: string): readonly Route[] {
  let document: string | undefined;
  let errors: string | undefined;
  return [
    page("/", "Leads to the documentation", "text/html", (response) => response.redirect("/docs")),
    page("/openapi.json", "The OpenAPI 3.1 document", "application/json", (response) => {
      document ??= JSON.stringify(openApiOf(calls, version));
      response.type("application/json").end(document);
    }),
    page("/docs", "This document to read, and to try", "text/html", (response) =>
      sendPage(response, docsPage),
    ),
    page("/docs/start.js", "Starts the page", "text/javascript", (response) => {
      response.type("text/javascript").end(startScript);
    }),
    page("/docs/errors", "Every error code", "text/html", (response) => {
      errors ??= errorsPage();
      sendPage(response, errors);
    }),
    page("/docs/errors.css", "Part of the page", "text/css", (response) => {
      response.type("text/css").end(errorsStyle);
    }),
    ...Object.entries(assets).map(([path, file]) =>
      page(path, "Part of the page", "application/octet-stream", (response) => {
        response.setHeader("Cache-Control", "private, max-age=86400");
        response.sendFile(file, { cacheControl: false, etag: false, lastModified: false });
      }),
    ),
  ];
}

function page(path: string, summary: string, type: string, answer: (response: Response) => void): Route {
  return route({
    method: "get",
    path,
    scope: "read",
    tag: "Documentation",
    summary,
    answers: { 200: { description: summary, type } },
    async handle({ response }) {
      answer(response);
      return undefined;
    },
  });
}

function sendPage(response: Response, html: string): void {
  response.setHeader("Content-Security-Policy", pagePolicy);
  response.type("text/html").end(html);
}

const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clarion: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

// With the key in the page's address, a bare path would carry it along, which fetch refuses.
const startScript = `SwaggerUIBundle({ url: location.origin + "/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });
`;
