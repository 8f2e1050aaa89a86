import { loadSettings } from "../config/env.ts";
import { bluesky } from "../src/adapters/bluesky/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Bluesky.
await runWorker(loadSettings, bluesky);
