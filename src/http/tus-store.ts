import { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import { Upload } from "@tus/server";
import { Refusal } from "../domain/refusal.ts";
import type { MediaWorld } from "../media/add-media.ts";
import { refusalOf, refuseUpload } from "../media/finish-upload.ts";
import { mediaTypeOf } from "../media/media-type.ts";
import { headBytes, tooLarge } from "../media/store.ts";
import { beginUpload, dropUpload, getUpload } from "../media/uploads.ts";

/** One workspace's unfinished uploads as the tus server knows them: bytes in files, all else in the diary. */
export function tusStore(world: MediaWorld, workspaceId: string): FileStore {
  const store = new FileStore({
    directory: world.media.uploadsFolder,
    configstore: {
      get: async () => undefined, // asked only for lengths that are told later, which we do not offer
      set: (id, { size, metadata }) =>
        beginUpload(world, workspaceId, { id, bytes: size ?? 0, altText: metadata?.altText ?? "" }),
      delete: (id) => dropUpload(world, workspaceId, id),
    },
  });
  store.extensions = ["creation"];
  const write = store.write.bind(store);
  store.getUpload = async (id) => {
    const { bytes, offset, altText, problem, createdAt } = await getUpload(world, workspaceId, id);
    if (problem) throw refusalOf(problem);
    const metadata = altText === "" ? {} : { metadata: { altText } };
    return new Upload({ id, size: bytes, offset, creation_date: createdAt.toISOString(), ...metadata });
  };
  store.write = async (source, id, offset) => {
    const upload = await getUpload(world, workspaceId, id);
    if (upload.offset === upload.bytes) return offset; // nothing can follow, and the file may be gone already
    if (offset > 0) return write(source, id, offset);
    let refusal: Refusal | undefined;
    // Who ends the loop early must not end the stream: its end would be told instead of the reason.
    const judged = judge(source.iterator({ destroyOnReturn: false }), upload.bytes, (error) => {
      refusal = error;
    });
    try {
      return await write(Readable.from(judged), id, offset);
    } catch (error) {
      if (!refusal) throw error;
      await refuseUpload(world, upload, refusal);
      throw refusal;
    }
  };
  return store;
}

/** Hands a file on once its first bytes have shown what it is: a wrong one is refused before all of it was sent. */
async function* judge(
  source: AsyncIterable<Uint8Array>,
  bytes: number,
  onRefusal: (refusal: Refusal) => void,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array();
  for await (const chunk of source) {
    const next: Uint8Array = head ? Buffer.concat([head, chunk]) : chunk;
    if (head && next.length < headBytes) {
      head = next;
      continue;
    }
    if (head) await refuseWrong(next, bytes).catch(tell);
    head = undefined;
    yield next;
  }
  if (head && head.length > 0) yield head;

  function tell(error: unknown): never {
    if (error instanceof Refusal) onRefusal(error);
    throw error;
  }
}

async function refuseWrong(head: Uint8Array, bytes: number): Promise<void> {
  const { maxBytes } = await mediaTypeOf(head);
  if (bytes > maxBytes) throw tooLarge(maxBytes);
}
