/** The one app that the practice network knows. Its secret is none: nothing there is real. */
export const practiceApp = { clientId: "clarion-practice", clientSecret: "practice-makes-perfect" };
