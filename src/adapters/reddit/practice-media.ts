import { randomBytes } from "node:crypto";
import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";
import type { PracticeUser } from "./practice-access.ts";
import { jsonError, storageError } from "./practice-errors.ts";

const megabyte = 1024 * 1024;
const leaseMs = 60 * 60_000;

export interface PracticeAsset {
  readonly userId: string;
  readonly mimeType: string;
  readonly bucket: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly expiresAtMs: number;
  /** Null until it was uploaded. */
  readonly file: { readonly url: string; readonly isWhatItSays: boolean } | null;
}

const types: Readonly<Record<string, { readonly bucket: string; readonly maxBytes: number }>> = {
  "image/jpeg": { bucket: "reddit-uploaded-media", maxBytes: 20 * megabyte },
  "image/png": { bucket: "reddit-uploaded-media", maxBytes: 20 * megabyte },
  "image/gif": { bucket: "reddit-uploaded-media", maxBytes: 20 * megabyte },
  "video/mp4": { bucket: "reddit-uploaded-video", maxBytes: 1024 * megabyte },
  "video/quicktime": { bucket: "reddit-uploaded-video", maxBytes: 1024 * megabyte },
};

const assetsOf = (network: PracticeNetwork) => network.collection<PracticeAsset>("assets");

/** POST /api/media/asset.json: a place in the storage, named without a scheme. */
export function leasePlace(
  user: PracticeUser,
  { fields, headers }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { filepath = "", mimetype = "" } = fields;
  const type = types[mimetype];
  if (filepath === "" || !type) return jsonError("BAD_IMAGE_TYPE", "image type not supported", "mimetype");
  const id = randomBytes(8).toString("hex").slice(0, 13);
  const key = id;
  const form = {
    acl: "private",
    key,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "practice/us-east-1/s3/aws4_request",
    policy: randomBytes(24).toString("base64"),
    "X-Amz-Signature": randomBytes(32).toString("hex"),
    "x-amz-security-token": randomBytes(24).toString("base64"),
    "x-amz-meta-ext": filepath.split(".").at(-1) ?? "",
    success_action_status: "201",
    "Content-Type": mimetype,
  };
  const expiresAtMs = network.now().getTime() + leaseMs;
  const { bucket, maxBytes } = type;
  const asset = {
    userId: user.id,
    mimeType: mimetype,
    bucket,
    fields: form,
    maxBytes,
    expiresAtMs,
    file: null,
  };
  assetsOf(network).put(id, asset);
  return {
    status: 200,
    body: {
      args: {
        action: `//${headers.host}/reddit/storage/${bucket}`,
        fields: Object.entries(form).map(([name, value]) => ({ name, value })),
      },
      asset: {
        asset_id: id,
        processing_state: "incomplete",
        payload: { filepath },
        websocket_url: `ws://${headers.host}/reddit/results/${id}?m=unused`,
      },
    },
  };
}

/** POST to the storage: the form as it was given, and the file. No token is asked for, none is wanted. */
export async function storeFile(
  { params, fields, files, headers }: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const { bucket = "" } = params;
  const { key = "" } = fields;
  const asset = assetsOf(network).get(key);
  const isAsGiven = asset && Object.entries(asset.fields).every(([name, value]) => fields[name] === value);
  if (headers.authorization !== undefined || !isAsGiven || asset.bucket !== bucket)
    return storageError(403, "AccessDenied", "<Message>Access Denied</Message>");
  if (asset.expiresAtMs < network.now().getTime())
    return storageError(
      403,
      "AccessDenied",
      "<Message>Invalid according to Policy: Policy expired.</Message>",
    );
  const { file } = files;
  if (!file)
    return storageError(
      400,
      "InvalidArgument",
      "<Message>POST requires exactly one file upload per request.</Message>",
    );
  if (file.bytes > asset.maxBytes)
    return storageError(
      400,
      "EntityTooLarge",
      `<Message>Your proposed upload exceeds the maximum allowed size</Message><ProposedSize>${file.bytes}</ProposedSize><MaxSizeAllowed>${asset.maxBytes}</MaxSizeAllowed>`,
    );
  const type = await realType(file);
  const url = await network.keep({ ...file, mimeType: type ?? asset.mimeType });
  const isWhatItSays = type !== undefined && type.split("/")[0] === asset.mimeType.split("/")[0];
  assetsOf(network).put(key, { ...asset, file: { url, isWhatItSays } });
  const location = `http://${headers.host}/reddit/storage/${bucket}/${key}`;
  return {
    status: 201,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${location}</Location><Bucket>${bucket}</Bucket><Key>${key}</Key><ETag>"practice"</ETag></PostResponse>`,
  };
}

/** The user's own upload, by its id. */
export function uploaded(id: string, user: PracticeUser, network: PracticeNetwork) {
  const asset = assetsOf(network).get(id);
  if (asset?.userId !== user.id || asset.file === null) return undefined;
  return {
    ...asset.file,
    kind: asset.mimeType.startsWith("video/") ? ("video" as const) : ("image" as const),
  };
}

/** By the address of the storage, as posts of one file name it. */
export function uploadedAt(address: string, user: PracticeUser, network: PracticeNetwork) {
  const [, bucket, id] = /\/storage\/([\w-]+)\/(\w+)$/.exec(address) ?? [];
  if (id === undefined || assetsOf(network).get(id)?.bucket !== bucket) return undefined;
  return uploaded(id, user, network);
}
