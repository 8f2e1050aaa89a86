/** Where a delivery can be. `docs/architecture.md` has every transition and its guard. */
export const deliveryStates = [
  "scheduled",
  "claimed",
  "sending",
  "processing",
  "retrying",
  "held",
  "uncertain",
  "needs_decision",
  "published",
  "failed",
  "missed",
  "canceled",
  "deleted",
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** Nothing moves these by itself any more; every other state has a next check. */
export const terminalStates: readonly DeliveryState[] = [
  "published",
  "failed",
  "missed",
  "canceled",
  "deleted",
];
