import { loadSettings } from "../config/env.ts";
import { runServer } from "./compose/run-server.ts";

// Everything in one process: API, scheduler, workers, practice network.
await runServer(loadSettings, "all");
