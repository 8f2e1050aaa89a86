import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "video",
  at: "@",
  light: { ...day, accent: "#b60d0d", link: "#0b5cad", line: "#e5e5e5" },
  dark: { ...night, accent: "#ff8b82", link: "#7fbcff", ground: "#111111", card: "#111111" },
};
