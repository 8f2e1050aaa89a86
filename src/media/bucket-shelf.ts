import { createReadStream, createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DeleteObjectCommand, GetObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import type { Bucket } from "../../config/bucket-env.ts";
import { Refusal } from "../domain/refusal.ts";
import type { FileCache } from "./file-cache.ts";
import { checkedKey, newStorageKey, noSuchFile, type Part, type Shelf } from "./shelf.ts";

/** Why a request to the bucket failed, for the operator: a name and a status, never a secret. */
export interface BucketProblem {
  readonly problem: string;
  readonly status: number | undefined;
}

const megabyte = 1024 * 1024;
const partBytes = 8 * megabyte; // what is in memory of a file that goes up; four at a time
const timeouts = { connectionTimeout: 5000, socketTimeout: 60_000 };
const maxSockets = 500; // a slow reader keeps one busy

/** Files in a bucket of an S3-compatible service; those that are worked on are copied to this machine for a while. */
export function openBucketShelf(
  bucket: Bucket,
  cache: FileCache,
  onProblem: (problem: BucketProblem) => void,
): Shelf {
  const client = new S3Client(configOf(bucket));
  const place = (storageKey: string) => ({
    Bucket: bucket.name,
    Key: `${bucket.prefix}${checkedKey(storageKey)}`,
  });
  const failed = (error: unknown): never => {
    const problem = problemOf(error);
    if (problem.status === 404 && problem.problem !== "NoSuchBucket") throw noSuchFile();
    onProblem(problem);
    throw new Refusal(
      "storage_unavailable",
      "The bucket that files are kept in cannot be reached, or refuses us. Nothing was changed; try again shortly.",
    );
  };

  async function read(storageKey: string, part?: Part): Promise<Readable> {
    const range = part && { Range: `bytes=${part.start}-${part.end}` };
    const { Body } = await client
      .send(new GetObjectCommand({ ...place(storageKey), ...range }))
      .catch(failed);
    return Body as Readable;
  }

  async function remove(storageKey: string): Promise<void> {
    await client
      .send(new DeleteObjectCommand(place(storageKey)))
      .catch(failed)
      .catch(unlessGone);
    await cache.remove(nameOf(storageKey));
  }

  return {
    async keep(path) {
      const storageKey = newStorageKey();
      const Body = createReadStream(path);
      const upload = new Upload({ client, params: { ...place(storageKey), Body }, partSize: partBytes });
      await upload
        .done()
        .catch(async (error) => {
          await remove(storageKey).catch(() => undefined); // it may have arrived all the same
          failed(error);
        })
        .finally(() => Body.destroy());
      await cache.add(nameOf(storageKey), path).catch(() => undefined); // it can be fetched again
      return storageKey;
    },
    pathOf: (storageKey) =>
      cache.pathOf(nameOf(storageKey), async (path) => {
        const bytes = await read(storageKey);
        await pipeline(bytes, createWriteStream(path, { flags: "wx", mode: 0o600 })).catch(failed);
      }),
    read,
    remove,
    close() {
      client.destroy();
      cache.close();
    },
  };
}

/** Nothing is left to be found out from files, variables or addresses of this machine, as the SDK else would. */
function configOf(bucket: Bucket): S3ClientConfig {
  const { region, endpoint, accessKeyId, secretAccessKey, forcePathStyle } = bucket;
  return {
    region,
    ...(endpoint !== null && { endpoint }),
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle,
    maxAttempts: 3,
    // Others than Amazon do not know the checksums that newer versions of the SDK send and ask for by themselves.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { ...timeouts, httpAgent: { maxSockets }, httpsAgent: { maxSockets } },
  };
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Refusal && error.code === "not_found")) throw error;
}

function nameOf(storageKey: string): string {
  return checkedKey(storageKey).slice(3);
}

function problemOf(error: unknown): BucketProblem {
  const { name, code, $metadata } = error as {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  return { problem: code ?? name ?? "unknown", status: $metadata?.httpStatusCode };
}
