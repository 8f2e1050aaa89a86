import { day, night, type PracticeLook } from "../../practice/look.ts";

export const look: PracticeLook = {
  shape: "pin",
  at: "",
  light: { ...day, accent: "#a01236", link: "#8f1031", line: "#eadfe0" },
  dark: { ...night, accent: "#f08fa6", link: "#f5a9ba", ground: "#151516", card: "#151516" },
};
