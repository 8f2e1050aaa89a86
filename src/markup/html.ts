/** A piece of markup that is safe as it stands. Only `html` makes one. */
export interface Html {
  readonly markup: string;
}

type Value = Html | readonly Html[] | string | number | undefined | false;

/** Markup with everything put into it escaped, unless it is markup itself. Attributes need quotes around them. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = strings[0] ?? "";
  for (const [index, value] of values.entries()) markup += render(value) + (strings[index + 1] ?? "");
  return { markup };
}

function render(value: Value): string {
  if (value === undefined || value === false) return "";
  if (typeof value === "string" || typeof value === "number") return escaped(String(value));
  return Array.isArray(value) ? value.map(render).join("") : (value as Html).markup;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => entities[character] ?? "");
}

/** The address, if it is one a page may link to. */
export function httpUrl(text: string): string | undefined {
  try {
    const { protocol, href } = new URL(text);
    return protocol === "http:" || protocol === "https:" ? href : undefined;
  } catch {
    return undefined;
  }
}
