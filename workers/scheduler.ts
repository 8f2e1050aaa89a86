import { loadSettings } from "../config/env.ts";
import { runScheduler } from "../src/compose/run-scheduler.ts";

// Rings for what falls due. Any number may run; one leads.
await runScheduler(loadSettings);
