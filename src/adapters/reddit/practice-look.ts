import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "forum",
  at: "u/",
  light: { ...day, accent: "#b83a06", link: "#1a5f9e", ground: "#f0e9e6" },
  dark: { ...night, accent: "#ff9566", link: "#86bdf0", ground: "#0e1113", card: "#1a1c1f" },
};
