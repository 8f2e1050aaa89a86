import { loadSettings } from "../config/env.ts";
import { reddit } from "../src/adapters/reddit/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Reddit.
await runWorker(loadSettings, reddit);
