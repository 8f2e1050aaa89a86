import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "stream",
  at: "@",
  light: { ...day, accent: "#16181c", link: "#1569a8", soft: "#5b6873", line: "#e6eaed" },
  dark: { ...night, accent: "#e8e8e6", link: "#7cc0f5", ground: "#000000", card: "#000000" },
};
