import base from "./jest.config.js";

/** `npm run faults`: as the tests, but for as long as it takes. */
export default {
  ...base,
  roots: ["<rootDir>/test/faults"],
  testMatch: ["**/*.faults.ts"],
  testTimeout: 3_600_000,
  reporters: ["default", "<rootDir>/test/faults/progress.js"],
};
