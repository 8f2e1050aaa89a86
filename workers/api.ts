import { loadSettings } from "../config/env.ts";
import { runServer } from "../src/compose/run-server.ts";

// The API and the practice network, for where scheduler and workers run by themselves.
await runServer(loadSettings, "api");
