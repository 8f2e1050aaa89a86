import { loadSettings } from "../config/env.ts";
import { instagram } from "../src/adapters/instagram/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Instagram.
await runWorker(loadSettings, instagram);
