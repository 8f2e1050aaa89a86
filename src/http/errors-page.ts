import { readFileSync } from "node:fs";
import { Marked } from "marked";

const source = new URL("../../docs/errors.md", import.meta.url);
const firstCell = /^<td[^>]*>.*?<\/td>/s;

/** docs/errors.md as a page, where each heading and code can be linked to: problems have their address as `type`. */
export function errorsPage(): string {
  const text = readFileSync(source, "utf8");
  const known = new Set<string>();
  const asAnchor = (_code: string, name: string) => {
    const words = name.replaceAll("_", "_<wbr>");
    if (known.has(name)) return `<code>${words}</code>`;
    known.add(name);
    return `<code id="${name}">${words}</code>`;
  };
  const marked = new Marked({
    renderer: {
      heading({ depth, text: name, tokens }) {
        const words = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${words}</h1>\n${contents(text)}`;
        return `<h${depth} id="${anchorOf(name)}">${words}</h${depth}>\n`;
      },
      tablerow: ({ text }) => {
        const row = text.trim().replace(firstCell, (cell) => cell.replace(/<code>(\w+)<\/code>/g, asAnchor));
        return `<tr>${row}</tr>\n`;
      },
    },
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Clarion: errors</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/errors.css">
</head>
<body>
${marked.parse(text, { async: false })}</body>
</html>
`;
}

/** Links to the headings: on a phone the page is many screens long. */
function contents(text: string): string {
  const names = [...text.matchAll(/^## (.+)$/gm)].map(([, name = ""]) => name);
  const links = names.map((name) => `<a href="#${anchorOf(name)}">${name}</a>`);
  return `<nav aria-label="On this page">${links.join(" ")}</nav>\n`;
}

function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/\W+/g, "-");
}

export const errorsStyle = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 1rem auto; padding: 0 1rem; }
nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
nav a { padding: 0.25rem 0; }
pre { overflow-x: auto; }
table { border-collapse: collapse; margin-bottom: 2rem; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-top: 1px solid #8885; }
:target { scroll-margin-top: 2rem; }
tr:has(:target) { outline: 2px solid; outline-offset: 2px; }
`;
