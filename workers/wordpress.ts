import { loadSettings } from "../config/env.ts";
import { wordpress } from "../src/adapters/wordpress/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to WordPress.
await runWorker(loadSettings, wordpress);
