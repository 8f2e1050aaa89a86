import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "stream",
  at: "",
  light: { ...day, accent: "#f1f1ef", onAccent: "#16181c", link: "#44487d", line: "#d9d9d6" },
  dark: { ...night, accent: "#2b2b2c", onAccent: "#f3f3f1", link: "#b6b9f0", card: "#161617" },
};
