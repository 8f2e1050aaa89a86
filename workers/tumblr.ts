import { loadSettings } from "../config/env.ts";
import { tumblr } from "../src/adapters/tumblr/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Tumblr.
await runWorker(loadSettings, tumblr);
