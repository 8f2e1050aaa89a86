import { PublishError } from "../contract/publish-error.ts";

/** `tweet.fields` in X's prose, `post.fields` in its newest specification. */
export type FieldsParameter = "tweet.fields" | "post.fields";

/** X renames the parameter; whichever it does not know it calls an invalid request. */
export async function inEitherSpelling<T>(read: (parameter: FieldsParameter) => Promise<T>): Promise<T> {
  try {
    return await read("tweet.fields");
  } catch (error) {
    if (!(error instanceof PublishError) || error.detail.status !== 400) throw error;
    return await read("post.fields");
  }
}
