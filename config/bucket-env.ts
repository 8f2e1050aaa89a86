import { z } from "zod";
import { type Secret, secret } from "./secret.ts";
import { flag, matching, origin } from "./values.ts";

/** A bucket at any S3-compatible service. */
export interface Bucket {
  readonly name: string;
  /** An origin; null: Amazon's for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Whether the bucket's name goes into the path of an address instead of its host. */
  readonly forcePathStyle: boolean;
  /** What every key begins with: empty, or with a slash at its end. */
  readonly prefix: string;
}

export const bucketVariables = z.object({
  S3_BUCKET: matching(/^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/, "must be the name of a bucket"),
  S3_ENDPOINT: origin(),
  S3_REGION: matching(/^[A-Za-z0-9-]{2,64}$/, "must be a region like eu-central-1"),
  S3_ACCESS_KEY_ID: matching(/^[\x21-\x7e]{3,200}$/, "must have no blanks"),
  S3_SECRET_ACCESS_KEY: matching(
    /^[\x21-\x7e]{8,500}$/,
    "must have at least 8 characters, none of them a space",
  ),
  S3_FORCE_PATH_STYLE: flag(),
  S3_PREFIX: matching(
    /^\/*[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\/*$/,
    "must be a path like clarion/media",
  ),
});

const needed = ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;
const usualRegion = "us-east-1"; // what most services other than Amazon's take, or ignore

/** @returns null where nothing is set; a sentence for each setting that the others need */
export function bucketFrom(values: z.output<typeof bucketVariables>): {
  readonly bucket: Secret<Bucket> | null;
  readonly problems: readonly string[];
} {
  if (Object.values(values).every((value) => value === undefined)) return { bucket: null, problems: [] };
  const missing: string[] = needed.filter((name) => values[name] === undefined);
  if (values.S3_REGION === undefined && values.S3_ENDPOINT === undefined) missing.push("S3_REGION");
  if (missing.length > 0)
    return {
      bucket: null,
      problems: missing.map((name) => `${name} must be set when files go to a bucket.`),
    };
  const prefix = values.S3_PREFIX?.replace(/^\/+|\/+$/g, "");
  const bucket = {
    name: values.S3_BUCKET ?? "",
    endpoint: values.S3_ENDPOINT ?? null,
    region: values.S3_REGION ?? usualRegion,
    accessKeyId: values.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: values.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: values.S3_FORCE_PATH_STYLE ?? values.S3_ENDPOINT !== undefined,
    prefix: prefix ? `${prefix}/` : "",
  };
  return { bucket: secret(bucket), problems: [] };
}
