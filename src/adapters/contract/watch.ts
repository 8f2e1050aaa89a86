/** How an account is read for mirroring, where the platform asks for other ways than all others. */
export interface Watch {
  /** Not more often than this. */
  readonly everyMs: number;
  /** How far back each reading goes, to notice what was edited or deleted; absent: a day. */
  readonly againMs?: number;
  readonly source: string;
}
