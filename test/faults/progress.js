/** Tells of each story as it ends: a whole run takes the better part of an hour. */
export default function progress() {
  return {
    onTestCaseResult(_test, { status, fullName, duration = 0 }) {
      const seconds = Math.round(duration / 1000);
      process.stderr.write(`${status} after ${seconds} s: ${fullName}\n`);
    },
  };
}
