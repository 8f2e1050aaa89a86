import { resolve } from "node:path";
import { z } from "zod";
import type { Platform } from "../src/domain/platform.ts";
import { type Bucket, bucketFrom, bucketVariables } from "./bucket-env.ts";
import { type App, appsFrom, type BaseUrls, baseUrlsFrom, platformVariables } from "./platform-env.ts";
import { parseRedisUrl, type RedisTarget } from "./redis-url.ts";
import { type Secret, secret } from "./secret.ts";
import { isWeakKey, keptKeys, keptSecretKey, parseSecretKey } from "./secret-key.ts";
import { commaList, flag, matching, origin, port } from "./values.ts";

/** Everything an operator can set. Secrets must be revealed to be used, so that a log line cannot hold one. */
export interface Settings {
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: Secret<string> | null;
  /** Null: the queue runs on PostgreSQL. */
  readonly redis: Secret<RedisTarget> | null;
  /** Absolute. */
  readonly dataDir: string;
  /** Where uploads are kept; null: in the data folder. */
  readonly bucket: Secret<Bucket> | null;
  readonly host: string;
  readonly port: number;
  /** Where people and platforms reach us; an origin. */
  readonly publicUrl: string;
  /** Where we are reached from this machine; an origin. */
  readonly localUrl: string;
  /** Whether it is the one kept in the data folder. */
  readonly keepsSecretKey: boolean;
  /** The value for the first API key; null: one is made. */
  readonly apiKey: Secret<string> | null;
  /** Whether a first start links practice accounts. */
  readonly demo: boolean;
  readonly practicePort: number;
  /** Where people open the practice network; an origin. */
  readonly practiceUrl: string;
  /** Where workers reach it; an origin. */
  readonly practiceApiUrl: string;
  /** `host` or `host:port`. */
  readonly allowedPrivateHosts: readonly string[];
  readonly metricsToken: Secret<string> | null;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  /** Where live platforms answer, if not where they usually do; origins. */
  readonly baseUrls: Readonly<Partial<Record<Platform, BaseUrls>>>;
  /** The operator's apps, through which accounts log in. */
  readonly apps: Readonly<Partial<Record<Platform, Secret<App>>>>;
  /**
   * The keys as they are now: the first one seals, the others only open. Those in the data folder may change; the same
   * list where none did.
   */
  readonly readSecretKeys: () => readonly Buffer[];
}

/** The environment is wrong. The message is one whole sentence per variable, without its value. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

const variables = z.object({
  DATABASE_URL: matching(/^postgres(ql)?:\/\/\S+$/, "must look like postgres://user:password@host:5432/name"),
  REDIS_URL: z
    .string()
    .transform(parseRedisUrl)
    .refine((target) => target !== undefined, {
      error: "must be a redis://, rediss://, redis+cluster:// or redis+sentinel:// URL",
    })
    .optional(),
  DATA_DIR: z.string().default("./data"),
  HOST: matching(/^[0-9A-Za-z.:-]+$/, "must be an address or a host name to listen on").default("127.0.0.1"),
  PORT: port().default(3000),
  PUBLIC_URL: origin(),
  SECRET_KEY: z
    .string()
    .transform(parseSecretKey)
    .refine((key) => key !== undefined, {
      error: "must be 32 random bytes in base64 or hex; make one with: openssl rand -base64 32",
      abort: true,
    })
    .refine((key) => !key || !isWeakKey(key), {
      error: "is too easy to guess; make a random one with: openssl rand -base64 32",
    })
    .optional(),
  SECRET_KEY_EARLIER: z
    .string()
    .transform((text) => text.split(",").map((key) => parseSecretKey(key.trim())))
    .refine((keys) => keys.every((key) => key !== undefined), {
      error: "must be a list of earlier SECRET_KEYs, separated by commas",
      abort: true,
    })
    .transform((keys) => keys as Buffer[])
    .optional(),
  CLARION_API_KEY: matching(
    /^clr_[A-Za-z0-9_-]{24,200}$/,
    "must be clr_ followed by at least 24 letters, digits, - or _",
  ),
  CLARION_DEMO: flag().default(true),
  PRACTICE_PORT: port(),
  PRACTICE_URL: origin(),
  PRACTICE_API_URL: origin(),
  ALLOWED_PRIVATE_HOSTS: commaList(
    /^(\[[0-9a-fA-F:.]+\]|[0-9A-Za-z._-]+)(:\d{1,5})?$/,
    "must be a list like media.internal,10.0.0.7:8080",
  ).default([]),
  METRICS_TOKEN: matching(/^[\x21-\x7e]{16,200}$/, "must have at least 16 characters, none of them a space"),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, trace, silent",
    })
    .default("info"),
});

type Values = z.output<typeof variables>;

/** Every variable there is; `.env.example` lists the same. */
export const variableNames: readonly string[] = [
  ...Object.keys(variables.shape),
  ...Object.keys(bucketVariables.shape),
  ...Object.keys(platformVariables.shape),
];

/**
 * What this process was given.
 * @throws SettingsError
 */
export function loadSettings(): Settings {
  return readSettings(process.env);
}

/**
 * Settings from an environment. An empty value counts as absent. With the embedded database and no SECRET_KEY,
 * one is made and kept in the data folder.
 * @throws SettingsError naming every variable that is wrong
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== "");
  const { values, ofPlatforms, apps, bucket } = parse(
    Object.fromEntries(given.map(([name, value]) => [name, value?.trim()])),
  );
  const localUrl = `http://${localHost(values.HOST)}:${values.PORT}`;
  const practicePort = values.PRACTICE_PORT ?? practicePortBeside(values.PORT);
  if (practicePort === values.PORT) throw new SettingsError("PRACTICE_PORT must not be the same as PORT.");
  const practiceUrl = values.PRACTICE_URL ?? `http://127.0.0.1:${practicePort}`;
  const dataDir = resolve(values.DATA_DIR);
  return {
    databaseUrl: values.DATABASE_URL ? secret(values.DATABASE_URL) : null,
    redis: values.REDIS_URL ? secret(values.REDIS_URL) : null,
    dataDir,
    bucket,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? localUrl,
    localUrl,
    keepsSecretKey: values.SECRET_KEY === undefined,
    apiKey: values.CLARION_API_KEY ? secret(values.CLARION_API_KEY) : null,
    demo: values.CLARION_DEMO,
    practicePort,
    practiceUrl,
    practiceApiUrl: values.PRACTICE_API_URL ?? practiceUrl,
    allowedPrivateHosts: values.ALLOWED_PRIVATE_HOSTS,
    metricsToken: values.METRICS_TOKEN ? secret(values.METRICS_TOKEN) : null,
    logLevel: values.LOG_LEVEL,
    baseUrls: baseUrlsFrom(ofPlatforms),
    apps,
    readSecretKeys: secretKeys(values, dataDir),
  };
}

function parse(given: object) {
  const parsed = variables.safeParse(given);
  const platformsParsed = platformVariables.safeParse(given);
  const bucketParsed = bucketVariables.safeParse(given);
  const issues = [parsed, platformsParsed, bucketParsed].flatMap(({ error }) => error?.issues ?? []);
  const sentences = issues.map((issue) => `${issue.path.join(".")} ${issue.message}.`);
  const { apps, problems } = appsFrom(platformsParsed.data ?? {});
  const { bucket, problems: missing } = bucketFrom(bucketParsed.data ?? {});
  const all = [...sentences, ...problems, ...missing];
  if (!parsed.success || !platformsParsed.success || all.length > 0) throw new SettingsError(all.join("\n"));
  return { values: parsed.data, ofPlatforms: platformsParsed.data, apps, bucket };
}

/** An address one listens on is not always one that can be called. */
function localHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function practicePortBeside(apiPort: number): number {
  if (apiPort === 65_535) throw new SettingsError("PRACTICE_PORT must be set when PORT is 65535.");
  return apiPort + 1;
}

function secretKeys(
  { SECRET_KEY: given, SECRET_KEY_EARLIER: others = [], DATABASE_URL: databaseUrl }: Values,
  dataDir: string,
): Settings["readSecretKeys"] {
  if (given) {
    const keys = [given, ...others];
    return () => keys;
  }
  makeKey(databaseUrl, dataDir);
  return keptKeys(dataDir, others);
}

function makeKey(databaseUrl: string | undefined, dataDir: string): void {
  if (databaseUrl !== undefined)
    throw new SettingsError(
      "SECRET_KEY must be set when DATABASE_URL is; make one with: openssl rand -base64 32, and give every process the same.",
    );
  try {
    keptSecretKey(dataDir);
  } catch (error) {
    throw new SettingsError(`DATA_DIR cannot be used: ${(error as Error).message}`);
  }
}
