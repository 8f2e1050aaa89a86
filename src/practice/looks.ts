import type { Platform } from "../domain/platform.ts";

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
export interface Look {
  readonly shape: Shape;
  /** What stands before a handle. */
  readonly at: "@" | "u/" | "";
  readonly light: Palette;
  readonly dark: Palette;
}

/** Every text on these has the contrast that WCAG 2.2 AA asks for; looks.test.ts computes it. */
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

const day = { ground: "#ffffff", card: "#ffffff", ink: "#1c1e21", soft: "#5f656d", line: "#e3e2dd" };
const night = { ground: "#1b1d21", card: "#1b1d21", ink: "#e8e8e6", soft: "#a0a5ad", line: "#34373d" };
const white = { onAccent: "#ffffff" };
const black = { onAccent: "#0f1114" };

const plain: Look = {
  shape: "stream",
  at: "@",
  light: { ...day, ...white, accent: "#3b4148", link: "#1569a8" },
  dark: { ...night, ...black, accent: "#c9ced6", link: "#7cc0f5" },
};

/** A platform without one here looks plain. */
export function lookOf(platform: Platform): Look {
  return looks[platform] ?? plain;
}

export const looks: Readonly<Record<string, Look>> = {
  x: {
    shape: "stream",
    at: "@",
    light: { ...day, ...white, accent: "#16181c", link: "#1569a8", soft: "#5b6873", line: "#e6eaed" },
    dark: { ...night, ...black, accent: "#e8e8e6", link: "#7cc0f5", ground: "#000000", card: "#000000" },
  },
  facebook: {
    shape: "card",
    at: "@",
    light: { ...day, ...white, accent: "#1559b8", link: "#1559b8", ground: "#e9ecf2" },
    dark: { ...night, ...black, accent: "#6ea7f7", link: "#8cb9fa", ground: "#121315", card: "#242628" },
  },
  instagram: {
    shape: "photo",
    at: "",
    light: { ...day, ...white, accent: "#b0306f", link: "#8f2a6b", line: "#e8e2e6" },
    dark: { ...night, ...white, accent: "#b0306f", link: "#f0a3cd", ground: "#121213", card: "#121213" },
  },
  threads: {
    shape: "stream",
    at: "",
    light: { ...day, accent: "#f1f1ef", onAccent: "#16181c", link: "#44487d", line: "#d9d9d6" },
    dark: { ...night, accent: "#2b2b2c", onAccent: "#f3f3f1", link: "#b6b9f0", card: "#161617" },
  },
  linkedin: {
    shape: "document",
    at: "",
    light: { ...day, ...white, accent: "#0b5f80", link: "#0b5f80", ground: "#efe9e1" },
    dark: { ...night, ...black, accent: "#74b9d6", link: "#8bcbe6", ground: "#0f1214", card: "#1d2226" },
  },
  pinterest: {
    shape: "pin",
    at: "",
    light: { ...day, ...white, accent: "#a01236", link: "#8f1031", line: "#eadfe0" },
    dark: { ...night, ...black, accent: "#f08fa6", link: "#f5a9ba", ground: "#151516", card: "#151516" },
  },
  tumblr: {
    shape: "journal",
    at: "",
    light: { ...day, ...white, accent: "#132f4f", link: "#1b5f93", ground: "#23476e" },
    dark: { ...night, ...black, accent: "#a9c9ea", link: "#a9c9ea", ground: "#0a1726", card: "#152739" },
  },
  reddit: {
    shape: "forum",
    at: "u/",
    light: { ...day, ...white, accent: "#b83a06", link: "#1a5f9e", ground: "#f0e9e6" },
    dark: { ...night, ...black, accent: "#ff9566", link: "#86bdf0", ground: "#0e1113", card: "#1a1c1f" },
  },
  youtube: {
    shape: "video",
    at: "@",
    light: { ...day, ...white, accent: "#b60d0d", link: "#0b5cad", line: "#e5e5e5" },
    dark: { ...night, ...black, accent: "#ff8b82", link: "#7fbcff", ground: "#111111", card: "#111111" },
  },
  mastodon: {
    shape: "stream",
    at: "@",
    light: { ...day, ...white, accent: "#5638cc", link: "#5438c4", ground: "#f1eefb", line: "#dfd9f3" },
    dark: { ...night, ...black, accent: "#b6a6fb", link: "#b6a6fb", ground: "#1e1b2a", card: "#232031" },
  },
  bluesky: {
    shape: "stream",
    at: "@",
    light: { ...day, accent: "#cfe6ff", onAccent: "#0a3a6b", link: "#0b5fb8", line: "#d6e2ee" },
    dark: {
      ...night,
      accent: "#1d3a57",
      onAccent: "#d8ebff",
      link: "#86c1fb",
      ground: "#131c26",
      card: "#161e27",
    },
  },
  wordpress: {
    shape: "article",
    at: "",
    light: { ...day, ...white, accent: "#2b4a43", link: "#1f5f53", ground: "#f6f3ea", card: "#fffdf8" },
    dark: { ...night, ...black, accent: "#a7cfc4", link: "#a7cfc4", ground: "#14181a", card: "#1d2122" },
  },
};

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
