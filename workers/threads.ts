import { loadSettings } from "../config/env.ts";
import { threads } from "../src/adapters/threads/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Threads.
await runWorker(loadSettings, threads);
