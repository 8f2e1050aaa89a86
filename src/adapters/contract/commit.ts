import { PublishError } from "./publish-error.ts";

/**
 * The fence around the one irreversible request. Inside it only a documented 4xx, or proof that nothing was sent,
 * is a no; silence, 5xx and nonsense are `indeterminate`.
 * @param fence resolves once the intent is durable; rejects when this attempt may not send
 * @throws whatever `fence` throws, unchanged; PublishError otherwise
 */
export async function commit<T>(fence: () => Promise<void>, send: () => Promise<T>): Promise<T> {
  await fence();
  try {
    return await send();
  } catch (cause) {
    if (cause instanceof PublishError && isDefiniteNo(cause)) throw cause;
    const { status, code } = cause instanceof PublishError ? cause.detail : {};
    throw new PublishError(
      "indeterminate",
      "The platform did not answer clearly. We are looking whether it is there.",
      status === undefined ? { code: "no_answer" } : { status, ...(code !== undefined && { code }) },
      { cause },
    );
  }
}

function isDefiniteNo(error: PublishError): boolean {
  return error.kind !== "unavailable" || error.detail.notSent === true;
}
