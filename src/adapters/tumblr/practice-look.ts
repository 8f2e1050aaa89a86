import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "journal",
  at: "",
  light: { ...day, accent: "#132f4f", link: "#1b5f93", ground: "#23476e" },
  dark: { ...night, accent: "#a9c9ea", link: "#a9c9ea", ground: "#0a1726", card: "#152739" },
};
