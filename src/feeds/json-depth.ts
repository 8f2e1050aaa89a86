/** Whether lists and objects lie within each other more than that deep; told without parsing it. */
export function isDeeperThan(maxDepth: number, json: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const sign = json[at];
    if (sign === "\\") at++;
    else if (sign === '"') inText = !inText;
    else if (!inText && (sign === "[" || sign === "{")) depth++;
    else if (!inText && (sign === "]" || sign === "}")) depth--;
    if (depth > maxDepth) return true;
  }
  return false;
}
