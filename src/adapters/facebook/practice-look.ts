import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "card",
  at: "@",
  light: { ...day, accent: "#1559b8", link: "#1559b8", ground: "#e9ecf2" },
  dark: { ...night, accent: "#6ea7f7", link: "#8cb9fa", ground: "#121315", card: "#242628" },
};
