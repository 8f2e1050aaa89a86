import { loadSettings } from "../config/env.ts";
import { facebook } from "../src/adapters/facebook/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Facebook.
await runWorker(loadSettings, facebook);
