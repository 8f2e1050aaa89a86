import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
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
};
