import { practice } from "../../src/adapters/mastodon/practice.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";

// A practice network in a process of its own, for tests that kill it: tells in one line of JSON where it is.
const [dataDir = ""] = process.argv.slice(2);
const network = await startPracticeNetwork({ host: "127.0.0.1", port: 0, dataDir, platforms: [practice] });
const { credentials } = network.register("mastodon", "water_now");
process.stdout.write(`${JSON.stringify({ url: network.url, token: credentials.accessToken })}\n`);
