/** How an account is read for mirroring, where the platform asks for other ways than all others. */
export interface Watch {
  /** Not more often than this, but when it was told of something new: see push.ts. */
  readonly everyMs: number;
  /** How far back each reading goes, to notice what was edited or deleted; absent: a day. */
  readonly againMs?: number;
  readonly source: string;
}
