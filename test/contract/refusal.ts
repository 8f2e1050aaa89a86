import type { PublishErrorKind } from "../../src/domain/decide.ts";

/** A documented no of a platform to the publishing request, and what it has to mean to us. */
export interface Refusal {
  readonly name: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body: unknown;
  readonly kind: PublishErrorKind;
}
