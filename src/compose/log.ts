import { type Logger, pino } from "pino";

/** Lines of JSON on standard output. What is logged is named where it is logged; nothing is logged whole. */
export function openLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}
