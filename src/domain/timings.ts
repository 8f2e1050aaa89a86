const second = 1000;
const minute = 60 * second;

/** Every waiting time of the engine, in one place. Tests run with shorter ones. */
export interface Timings {
  /** A claim whose worker says nothing for this long is given back: no intent was written, so it is safe. */
  readonly claimLeaseMs: number;
  /** The one irreversible request is given up after this; files that travel in it have their time on top. */
  readonly sendTimeoutMs: number;
  /** However large its files, a request is given up after this. */
  readonly longestSendMs: number;
  /** A send whose worker says nothing is uncertain this long after it should have been given up. */
  readonly sendMarginMs: number;
  /** The slowest line to the platforms that we plan for. */
  readonly slowestBytesPerSecond: number;
  /** A process that is told to stop lets what is due go on for this long, then breaks it off. */
  readonly goodbyeMs: number;
  /** How far ahead deliveries are put into the queue, with their remaining delay. */
  readonly lookAheadMs: number;
  /** How far ahead media is uploaded and containers are built; files have twice their time on the line on top. */
  readonly prepareAheadMs: number;
  /** Nothing is prepared earlier than this, however large. */
  readonly longestAheadMs: number;
  /** What a platform keeps for a while is made so late that it is still there when the post is this late. */
  readonly preparedMarginMs: number;
  /** Preparing is given up after this; files have twice their time on the line on top. */
  readonly prepareTimeoutMs: number;
  /** A prepare whose worker says nothing for this long is taken by another. */
  readonly prepareLeaseMs: number;
  /** Due and unsent for this long: the bell is rung again, and workers help themselves from the diary. */
  readonly overdueMs: number;
  /** How often scheduler and workers look into the diary. */
  readonly sweepMs: number;
  /** A send later than this is released one at a time per account. */
  readonly lateAfterMs: number;
  readonly lateSpacingMs: number;
  /** More late sends of one account within a minute than this hold the account. */
  readonly lateBurst: number;
  /** Waits before each look for an uncertain delivery; when they are spent, a person decides. */
  readonly lookAfterMs: readonly number[];
  /** A look whose worker says nothing for this long is taken again. */
  readonly lookLeaseMs: number;
  /** A source is read anew this long after it was read, where its platform does not ask for longer. */
  readonly watchMs: number;
  /** The practice network's sources: whoever tries it should not have to wait. */
  readonly watchPracticeMs: number;
  /** Its platforms have the limits of the real ones: of the wait that one asks for, this share is kept there. */
  readonly watchPracticeShare: number;
  /** A source that cannot be read is tried again later and later, but never later than this. */
  readonly watchRetryMs: number;
  /** A reading whose worker says nothing for this long is done by another. */
  readonly watchLeaseMs: number;
  /** The same for sharing what was read: each file that is fetched starts it anew. */
  readonly shareLeaseMs: number;
  /** Copies of one source go out on an account one after another, as the originals did: so far apart at least. */
  readonly copySpacingMs: number;
  /** How often it is looked up which accounts are to be listened to, and with which login. */
  readonly listenSyncMs: number;
  /** A stream that ended is opened again after this, and each time in a row later. */
  readonly listenAgainMs: number;
  /** But never later than this. */
  readonly listenLatestMs: number;
  /** Overrides the platforms' own settle times; null: theirs. */
  readonly settleMs: number | null;
}

export const defaultTimings: Timings = {
  claimLeaseMs: 15 * second,
  sendTimeoutMs: 20 * second,
  longestSendMs: 15 * minute,
  sendMarginMs: 10 * second,
  slowestBytesPerSecond: 125_000, // 1 Mbit/s
  goodbyeMs: 18 * second,
  lookAheadMs: 5 * minute,
  prepareAheadMs: 5 * minute,
  longestAheadMs: 7 * 24 * 60 * minute,
  preparedMarginMs: 10 * minute,
  prepareTimeoutMs: 10 * minute,
  prepareLeaseMs: 10 * minute,
  overdueMs: 10 * second,
  sweepMs: second,
  lateAfterMs: minute,
  lateSpacingMs: 20 * second,
  lateBurst: 3,
  lookAfterMs: [5, 15, 60, 120, 180, 300, 600, 1200].map((s) => s * second),
  lookLeaseMs: minute,
  watchMs: 2 * minute,
  watchPracticeMs: 5 * second,
  watchPracticeShare: 0.2,
  watchRetryMs: 60 * minute,
  watchLeaseMs: 2 * minute,
  shareLeaseMs: minute,
  copySpacingMs: 3 * second,
  listenSyncMs: 5 * second,
  listenAgainMs: second,
  listenLatestMs: 15 * minute,
  settleMs: null,
};

/** Later than this a post waits for a person instead of going out by itself. */
export const defaultMaxLatenessMs = 30 * minute;
