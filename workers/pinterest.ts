import { loadSettings } from "../config/env.ts";
import { pinterest } from "../src/adapters/pinterest/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Pinterest.
await runWorker(loadSettings, pinterest);
