import type { Issue, Variant } from "../../domain/post.ts";

/** WordPress sets no limit to a post's text. This one is ours: more than that is rather a document. */
export const maxCharacters = 100_000;
/** The column for comments holds 65,525 bytes, and one character may take five (`&amp;`): this many always fit. https://developer.wordpress.org/reference/functions/wp_get_comment_fields_max_lengths/ (checked 2026-11) */
export const maxComment = 13_000;
/** As for comments. https://codex.wordpress.org/Database_Description (checked 2026-11) */
export const maxTitle = 13_000;
/** https://codex.wordpress.org/Database_Description (checked 2026-11) */
export const maxName = 200;

/** A title says something, and so do the names of categories and tags. */
export function extraRules({ role, options }: Variant): Issue[] {
  if (role !== "post") return [];
  const issues: Issue[] = [];
  if (typeof options.title === "string" && options.title.trim() === "")
    issues.push(issue("title", "the title has no words"));
  for (const name of ["categories", "tags"]) {
    const value = options[name];
    for (const item of Array.isArray(value) ? value : []) {
      if (item.trim() === "") issues.push(issue(name, `one of the ${name} has no name`));
      if (item.length > maxName)
        issues.push(issue(name, `a name in ${name} has more than ${maxName} characters`));
    }
  }
  return issues;
}

function issue(option: string, says: string): Issue {
  return {
    code: "option_invalid",
    field: `options/${option}`,
    message: `WordPress: ${says}`,
    severity: "error",
  };
}
