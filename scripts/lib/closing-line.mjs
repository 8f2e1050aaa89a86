import fs from "node:fs";

// Prints a run's closing line from jest's JSON file; a suite that could not run counts as one failure.
const results = read(process.argv[2]);
const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
const skipped = results.numPendingTests + results.numTodoTests;
console.log(`${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = results.success ? 0 : 1;

/** A run that ended without results has failed. */
function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    const nothing = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    return { ...nothing, numRuntimeErrorTestSuites: 1, success: false };
  }
}
