import { pino } from "pino";
import { readSettings } from "../../config/env.ts";
import { startApp } from "../../src/compose/start-app.ts";
import type { Connection } from "../../src/db/database.ts";

// The API as a process of its own, made to be killed. Says when it listens.
const [env = "{}", connection = "{}"] = process.argv.slice(2);
const settings = readSettings(JSON.parse(env) as Record<string, string>);
await startApp(settings, JSON.parse(connection) as Connection, pino({ level: "silent" }), "api");
process.stdout.write("ready\n");
