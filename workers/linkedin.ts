import { loadSettings } from "../config/env.ts";
import { linkedin } from "../src/adapters/linkedin/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to LinkedIn.
await runWorker(loadSettings, linkedin);
