import { readFileSync } from "node:fs";
import { Marked } from "marked";

const source = new URL("../../docs/errors.md", import.meta.url);
const firstCell = /^<td[^>]*>.*?<\/td>/s;

/** docs/errors.md as a page, where each code can be linked to: problems have their address as `type`. */
export function errorsPage(): string {
  const known = new Set<string>();
  const asAnchor = (_code: string, name: string) => {
    const words = name.replaceAll("_", "_<wbr>");
    if (known.has(name)) return `<code>${words}</code>`;
    known.add(name);
    return `<code id="${name}">${words}</code>`;
  };
  const marked = new Marked({
    renderer: {
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
${marked.parse(readFileSync(source, "utf8"), { async: false })}</body>
</html>
`;
}

export const errorsStyle = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 1rem auto; padding: 0 1rem; }
pre { overflow-x: auto; }
table { border-collapse: collapse; margin-bottom: 2rem; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-top: 1px solid #8885; }
:target { scroll-margin-top: 2rem; }
tr:has(:target) { outline: 2px solid; outline-offset: 2px; }
`;
