import { loadSettings } from "../config/env.ts";
import { youtube } from "../src/adapters/youtube/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to YouTube.
await runWorker(loadSettings, youtube);
