export type StartupErrorCode =
  | "data_dir_in_use"
  | "data_dir_unusable"
  | "platform_unsupported"
  | "postgres_failed";

/** Why the server cannot start. The message is a whole sentence for the person who started it. */
export class StartupError extends Error {
  override readonly name = "StartupError";
  readonly code: StartupErrorCode;

  constructor(code: StartupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
