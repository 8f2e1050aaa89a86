import { loadSettings } from "../config/env.ts";
import { x } from "../src/adapters/x/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to X.
await runWorker(loadSettings, x);
