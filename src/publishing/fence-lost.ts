/** This attempt may not send (any more): paused, edited, canceled, too late, or somebody else's. Nothing was sent. */
export class FenceLost extends Error {
  override readonly name = "FenceLost";
}
