export type Canaries = ReturnType<typeof openCanaries>;

const shortest = 14; // anything shorter would be found by chance

/** Secrets to look for wherever they do not belong, each under a name of what it is. */
export function openCanaries() {
  const names = new Map<string, string>(); // secret → what it is
  return {
    add(name: string, secret: unknown): void {
      if (typeof secret === "string" && secret.length >= shortest && !names.has(secret))
        names.set(secret, name);
    },
    names: (): ReadonlySet<string> => new Set(names.values()),
    /** Each that stands in one of the texts, whole or as a long part: what it is, how it is spelled, and beside what. */
    foundIn(...texts: readonly string[]): string[] {
      const text = texts.join("\n");
      const plain = text.toLowerCase();
      const found = [...names].flatMap(([secret, name]) =>
        spellingsOf(secret).flatMap(({ as, spelling }) => {
          const at = (as === "hex" ? plain : text).indexOf(spelling);
          return at === -1 ? [] : [`${name} as ${as}: ${text.slice(Math.max(0, at - 120), at)}…`];
        }),
      );
      return [...new Set(found)];
    },
  };
}

interface Spelling {
  readonly as: string;
  readonly spelling: string;
}

function spellingsOf(secret: string): Spelling[] {
  const bytes = Buffer.from(secret);
  // Without its ends, which depend on what stands around it: at each of three offsets.
  const inside = [0, 1, 2].map((offset) =>
    bytes.subarray(offset, offset + 3 * Math.floor((bytes.length - offset) / 3)),
  );
  const all = [
    { as: "plain", spelling: secret },
    { as: "part", spelling: secret.slice(-Math.max(shortest, Math.ceil(secret.length / 2))) },
    { as: "hex", spelling: bytes.toString("hex") },
    { as: "url", spelling: encodeURIComponent(secret) },
    { as: "url twice", spelling: encodeURIComponent(encodeURIComponent(secret)) },
    { as: "json", spelling: JSON.stringify(secret).slice(1, -1) },
    { as: "backwards", spelling: [...secret].reverse().join("") },
    { as: "utf-16", spelling: bytes.toString("latin1").split("").join("\0") },
    ...inside.map((part) => ({ as: "base64", spelling: part.toString("base64") })),
    ...inside.map((part) => ({ as: "base64url", spelling: part.toString("base64url") })),
  ];
  // Most secrets look the same in several of them. What holds the whole holds its part.
  const [, part, ...others] = [...new Map(all.map((one) => [one.spelling, one])).values()];
  return part ? [part, ...others.filter(({ spelling }) => !spelling.includes(part.spelling))] : [];
}
