import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "stream",
  at: "@",
  light: { ...day, accent: "#5638cc", link: "#5438c4", ground: "#f1eefb", line: "#dfd9f3" },
  dark: { ...night, accent: "#b6a6fb", link: "#b6a6fb", ground: "#1e1b2a", card: "#232031" },
};
