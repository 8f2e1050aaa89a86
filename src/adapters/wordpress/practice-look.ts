import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "article",
  at: "",
  light: { ...day, accent: "#2b4a43", link: "#1f5f53", ground: "#f6f3ea", card: "#fffdf8" },
  dark: { ...night, accent: "#a7cfc4", link: "#a7cfc4", ground: "#14181a", card: "#1d2122" },
};
