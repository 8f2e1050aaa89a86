import { loadSettings } from "../config/env.ts";
import { runRotation } from "../src/compose/run-rotation.ts";

// Puts the stored secrets under another SECRET_KEY: see docs/operations.md.
await runRotation(loadSettings);
