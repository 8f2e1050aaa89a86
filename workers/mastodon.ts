import { loadSettings } from "../config/env.ts";
import { mastodon } from "../src/adapters/mastodon/index.ts";
import { runWorker } from "../src/compose/run-worker.ts";

// Publishes to Mastodon.
await runWorker(loadSettings, mastodon);
