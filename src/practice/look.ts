/** In which order a post's pieces stand; post-card.ts puts them there. */
export type Shape =
  | "stream"
  | "card"
  | "document"
  | "photo"
  | "journal"
  | "forum"
  | "pin"
  | "video"
  | "article";

/** How a timeline looks: colours and an order of things. Never a platform's marks, fonts or pictures. */
export interface PracticeLook {
  readonly shape: Shape;
  /** What stands before a handle. */
  readonly at: "@" | "u/" | "";
  readonly light: Palette;
  readonly dark: Palette;
}

/** Every text on these has the contrast that WCAG 2.2 AA asks for; look.test.ts computes it. */
export interface Palette {
  /** The band with the platform's name, and what is written on it. */
  readonly accent: string;
  readonly onAccent: string;
  readonly link: string;
  /** What the cards lie on; only cards carry text. */
  readonly ground: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
}

export const day = {
  accent: "#2f4d69",
  onAccent: "#ffffff",
  link: "#2f4d69",
  ground: "#ffffff",
  card: "#ffffff",
  ink: "#1c1e21",
  soft: "#5f656d",
  line: "#e3e2dd",
} as const satisfies Palette;

export const night = {
  accent: "#9cc0e2",
  onAccent: "#0f1114",
  link: "#9cc0e2",
  ground: "#1b1d21",
  card: "#1b1d21",
  ink: "#e8e8e6",
  soft: "#a0a5ad",
  line: "#34373d",
} as const satisfies Palette;

/** Of a platform that has none of its own. */
export const plainLook: PracticeLook = { shape: "stream", at: "@", light: day, dark: night };

// https://www.w3.org/TR/WCAG22/#contrast-minimum: white initials on these (checked 2026-11)
export const avatarColours = [
  "#b4472f",
  "#8a6414",
  "#4c7a2e",
  "#1f7a6c",
  "#2a6b99",
  "#5057b0",
  "#86479f",
  "#a83c6c",
] as const;
