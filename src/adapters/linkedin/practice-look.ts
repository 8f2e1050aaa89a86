import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "document",
  at: "",
  light: { ...day, accent: "#0b5f80", link: "#0b5f80", ground: "#efe9e1" },
  dark: { ...night, accent: "#74b9d6", link: "#8bcbe6", ground: "#0f1214", card: "#1d2226" },
};
