import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import pino from "pino";
import { platforms } from "../src/domain/platform.ts";
import { readSettings, SettingsError, variableNames } from "./env.ts";

const key = randomBytes(32).toString("base64");
const server = { DATABASE_URL: "postgres://u:hunter2@db/clarion", SECRET_KEY: key };
const files = {
  S3_BUCKET: "media",
  S3_ENDPOINT: "https://s3.example.org/",
  S3_ACCESS_KEY_ID: "BUCKETKEY",
  S3_SECRET_ACCESS_KEY: "bucket-secret",
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clarion-env-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("settings", () => {
  it("need nothing to begin with", () => {
    const settings = readSettings({ DATA_DIR: folder });
    expect(settings).toMatchObject({
      databaseUrl: null,
      redis: null,
      dataDir: folder,
      host: "127.0.0.1",
      port: 3000,
      publicUrl: "http://127.0.0.1:3000",
      demo: true,
      practicePort: 3001,
      practiceUrl: "http://127.0.0.1:3001",
      apiKey: null,
      logLevel: "info",
    });
  });

  it("follow the port, and take an empty value for an absent one", () => {
    const settings = readSettings({
      ...server,
      PORT: "8080",
      HOST: "0.0.0.0",
      PUBLIC_URL: " ",
      REDIS_URL: "",
    });
    expect(settings).toMatchObject({
      publicUrl: "http://127.0.0.1:8080",
      localUrl: "http://127.0.0.1:8080",
      practiceUrl: "http://127.0.0.1:8081",
      redis: null,
    });
  });

  it("are listed in .env.example: no other, and all that are not of one platform alone", () => {
    const example = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
    const listed = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    const compose = ["POSTGRES_PASSWORD", "REDIS_PASSWORD"];
    expect([...variableNames, ...compose]).toEqual(expect.arrayContaining(listed));
    const ofOnePlatform = new RegExp(`^(${platforms.join("|")})_`, "i");
    const common = variableNames.filter((name) => !ofOnePlatform.test(name));
    expect(listed).toEqual(expect.arrayContaining(common));
  });

  it("show no secret when logged, inspected or put into JSON", () => {
    const secrets = {
      ...server,
      REDIS_URL: "redis://:sesame42@redis:6379",
      CLARION_API_KEY: "clr_open-open-open-open-open-1234",
      METRICS_TOKEN: "metrics-metrics-metrics",
      ...files,
    };
    const settings = readSettings(secrets);
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    log.info(settings);
    log.info({ settings });
    const shown = `${JSON.stringify(settings)}${inspect(settings, { depth: 9, showHidden: true })}${lines.join("")}`;
    expect(shown).not.toMatch(/hunter2|sesame42|open-open|metrics-metrics|bucket-secret|BUCKETKEY/);
    expect(shown).not.toContain(key);
    expect(settings.readSecretKeys()[0]?.toString("base64")).toBe(key);
    expect(settings.databaseUrl?.reveal()).toBe(server.DATABASE_URL);
  });
});

describe("a bad value stops the start with a sentence that names the variable:", () => {
  it.each([
    ["PORT", "abc"],
    ["PORT", "0"],
    ["PORT", "65536"],
    ["PRACTICE_PORT", "-1"],
    ["HOST", "not a host"],
    ["DATABASE_URL", "mysql://db/clarion"],
    ["REDIS_URL", "http://redis"],
    ["REDIS_URL", "redis+sentinel://a:26379"],
    ["PUBLIC_URL", "clarion.example.org"],
    ["PUBLIC_URL", "https://clarion.example.org/app"],
    ["PUBLIC_URL", "https://me:pw@clarion.example.org"],
    ["PUBLIC_URL", "ftp://clarion.example.org"],
    ["PRACTICE_URL", "http://"],
    ["SECRET_KEY", "secret"],
    ["SECRET_KEY", "a".repeat(64)],
    ["SECRET_KEY", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"],
    ["SECRET_KEY", Buffer.from("this is 32 characters of a text!").toString("base64")],
    ["CLARION_API_KEY", "clr_short"],
    ["CLARION_API_KEY", "change-me-change-me-change-me"],
    ["CLARION_DEMO", "maybe"],
    ["ALLOWED_PRIVATE_HOSTS", "http://10.0.0.7"],
    ["ALLOWED_PRIVATE_HOSTS", "10.0.0.0/8"],
    ["METRICS_TOKEN", "short"],
    ["LOG_LEVEL", "loud"],
    ["X_API_URL", "https://api.x.com/2"],
    ["FACEBOOK_UPLOAD_URL", "file:///etc/passwd"],
    ["S3_BUCKET", "a bucket"],
    ["S3_ENDPOINT", "s3.example.org"],
    ["S3_ENDPOINT", "https://key:secret@s3.example.org"],
    ["S3_REGION", "here or there"],
    ["S3_ACCESS_KEY_ID", "two words"],
    ["S3_SECRET_ACCESS_KEY", "short"],
    ["S3_FORCE_PATH_STYLE", "maybe"],
    ["S3_PREFIX", "../elsewhere"],
  ])("%s=%s", (name, value) => {
    const read = () => readSettings({ ...server, [name]: value });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(new RegExp(`^${name} [a-z].*\\.$`));
  });

  it("several at once are all named, and no value is repeated", () => {
    const read = () => readSettings({ ...server, PORT: "x-secret-x", SECRET_KEY: "x-secret-x" });
    expect(read).toThrow(/^PORT .*\nSECRET_KEY .*$/);
    expect(read).not.toThrow(/x-secret-x/);
  });

  it("a server without SECRET_KEY", () => {
    expect(() => readSettings({ DATABASE_URL: server.DATABASE_URL })).toThrow(/^SECRET_KEY must be set/);
  });
});

describe("a bucket for files", () => {
  it("is as most services want it, unless told", () => {
    expect(readSettings(server).bucket).toBeNull();
    expect(readSettings({ ...server, ...files }).bucket?.reveal()).toEqual({
      name: "media",
      endpoint: "https://s3.example.org",
      region: "us-east-1",
      accessKeyId: "BUCKETKEY",
      secretAccessKey: "bucket-secret",
      forcePathStyle: true,
      prefix: "",
    });
    const { S3_ENDPOINT: _, ...amazon } = { ...server, ...files, S3_REGION: "eu-west-1", S3_PREFIX: "/a/b/" };
    const bucket = readSettings(amazon).bucket?.reveal();
    expect(bucket).toMatchObject({
      endpoint: null,
      region: "eu-west-1",
      forcePathStyle: false,
      prefix: "a/b/",
    });
  });

  it.each([
    [["S3_BUCKET"], { ...files, S3_BUCKET: "" }],
    [["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"], { S3_BUCKET: "media", S3_REGION: "eu-west-1" }],
    [["S3_REGION"], { ...files, S3_ENDPOINT: "" }],
    [["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "S3_REGION"], { S3_PREFIX: "a" }],
  ])("that is half set stops the start, which names what is missing: %j", (missing, some) => {
    const sentences = missing.map((name) => `${name} must be set when files go to a bucket.`);
    expect(() => readSettings({ ...server, ...some })).toThrow(new SettingsError(sentences.join("\n")));
  });
});

describe("the key of the embedded mode", () => {
  it("is made once, kept for its owner alone, and found again", () => {
    const first = readSettings({ DATA_DIR: folder }).readSecretKeys();
    expect(readSettings({ DATA_DIR: folder }).readSecretKeys()).toEqual(first);
    expect(statSync(join(folder, "secret-key")).mode & 0o777).toBe(0o600);
  });

  it("is never made anew over a damaged one, since no token could be read any more", () => {
    writeFileSync(join(folder, "secret-key"), "");
    expect(() => readSettings({ DATA_DIR: folder })).toThrow(/^DATA_DIR .*secret-key does not hold a key/);
  });

  it("is not made where SECRET_KEY is given", () => {
    const settings = readSettings({ DATA_DIR: folder, SECRET_KEY: key });
    expect(settings.readSecretKeys()[0]?.toString("base64")).toBe(key);
    expect(() => statSync(join(folder, "secret-key"))).toThrow("ENOENT");
  });

  it("a data folder that cannot be used is named", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => readSettings({ DATA_DIR: join(file, "data") })).toThrow(/^DATA_DIR cannot be used: /);
  });
});
