/**
 * The insert that writes one event per row a transition changed; the last step of every statement here.
 * @param changed the name of a CTE with id, workspace_id, post_id, account_id, from_state, state, fence, reason_code
 */
export const insertEvents = (changed: string): string => `
  insert into delivery_events (workspace_id, type, delivery_id, post_id, account_id, from_state, fence, reason_code)
  select workspace_id, 'delivery.' || state, id, post_id, account_id, from_state, fence, reason_code from ${changed}`;

/** What a transition returns of table alias `d` for its event; the earlier state comes as `from_state`. */
export const eventColumns = "d.id, d.workspace_id, d.post_id, d.account_id, d.state, d.fence, d.reason_code";
