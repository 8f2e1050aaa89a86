import { Refusal } from "../domain/refusal.ts";

/** What libraries say, in words or in codes, when it is the disk that fails and not the file. */
const diskTrouble =
  /ENOSPC|EDQUOT|EIO|EROFS|EMFILE|ENFILE|ENOMEM|no space left|write error|unable to open for write|cannot allocate/i;

/**
 * Why a file could not be opened: it is the file's own fault, unless the disk's.
 * @throws Refusal `media_unreadable`, `unavailable`; what is a refusal already stays
 */
export function unreadable(what: "image" | "video"): (error: unknown) => never {
  return (error) => {
    if (error instanceof Refusal) throw error;
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (diskTrouble.test(`${String(code)} ${String(message)}`))
      throw new Refusal("unavailable", "There is no room on the disk of this installation, or it fails.");
    throw new Refusal("media_unreadable", `The ${what} is damaged or not complete.`);
  };
}
