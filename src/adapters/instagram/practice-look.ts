import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "photo",
  at: "",
  light: { ...day, accent: "#b0306f", link: "#8f2a6b", line: "#e8e2e6" },
  dark: {
    ...night,
    accent: "#b0306f",
    onAccent: "#ffffff",
    link: "#f0a3cd",
    ground: "#121213",
    card: "#121213",
  },
};
