import type { Database } from "../../src/db/database.ts";
import { terminalStates } from "../../src/domain/delivery.ts";
import type { PracticeServer } from "../../src/practice/server.ts";

interface Row {
  readonly id: string;
  readonly platform: string;
  readonly text: string;
  readonly state: string;
}

/** A stage, as far as it is asked here. */
interface Audited {
  readonly app: {
    readonly practice: Pick<PracticeServer, "ledger">;
    readonly world: { readonly db: Pick<Database, "pool"> };
  };
}

/**
 * The promise, asked of both sides: the diary and the platforms' ledger. Sentences, one per breach; none: all is well.
 * Every post of the stage must have a text of its own.
 */
export async function audit(stage: Audited): Promise<string[]> {
  const { pool } = stage.app.world.db;
  const { rows } = await pool.query<Row>(
    `select d.id, d.platform, v.content->>'text' as text, d.state from deliveries d join variants v on v.id = d.variant_id`,
  );
  const { counts } = stage.app.practice.ledger();
  return [
    ...rows.flatMap((row) => breachesOf(row, counts[row.platform]?.[row.text]?.accepted ?? 0)),
    ...strangers(rows, counts),
    ...(await breachesInTheDiary(pool)),
  ];
}

function breachesOf(row: Row, copies: number): string[] {
  const breaches: string[] = [];
  if (copies > 1) breaches.push(`${row.id} is ${copies} times on ${row.platform}`);
  if (row.state === "published" && copies === 0)
    breaches.push(`${row.id} is published but not on ${row.platform}`);
  if (
    copies > 0 &&
    !["published", "processing", "uncertain", "needs_decision", "deleted"].includes(row.state)
  )
    breaches.push(`${row.id} is on ${row.platform} but ${row.state}`);
  return breaches;
}

function strangers(
  rows: readonly Row[],
  counts: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): string[] {
  const planned = new Set(rows.map((row) => `${row.platform} ${row.text}`));
  return Object.entries(counts).flatMap(([platform, texts]) =>
    Object.keys(texts)
      .filter((text) => !planned.has(`${platform} ${text}`))
      .map((text) => `${platform} has a post nobody planned: ${text}`),
  );
}

const terminal = terminalStates.map((state) => `'${state}'`).join(", ");

const questions: Readonly<Record<string, string>> = {
  "overdue for its check": `select id from deliveries where state not in (${terminal}) and next_check_at < clock_timestamp() - interval '2 min'`,
  "sending without an open attempt": `select d.id from deliveries d where state = 'sending' and not exists
     (select 1 from attempts t where t.delivery_id = d.id and t.fence = d.fence and t.phase = 'sending')`,
  "with an attempt open though it is not sending": `select delivery_id as id from attempts t join deliveries d on d.id = t.delivery_id
     where t.phase = 'sending' and d.state <> 'sending'`,
  "published without an intent": `select id from deliveries d where state = 'published' and not exists
     (select 1 from attempts t where t.delivery_id = d.id)`,
  "sent before its moment": `select t.delivery_id as id from attempts t join deliveries d on d.id = t.delivery_id where t.started_at < d.due_at`,
  "sent with other content than it shows": `select d.id from deliveries d join variants v on v.id = d.variant_id where d.payload_hash <> v.payload_hash`,
  "in a state its events do not lead to": `select d.id from deliveries d where 'delivery.' || d.state <> (
     select type from delivery_events e where e.delivery_id = d.id and e.type <> 'delivery.warning' order by e.id desc limit 1)`,
};

async function breachesInTheDiary(pool: Database["pool"]): Promise<string[]> {
  const breaches: string[] = [];
  for (const [what, question] of Object.entries(questions)) {
    const { rows } = await pool.query<{ id: string }>(question);
    breaches.push(...rows.map((row) => `${row.id} is ${what}`));
  }
  return breaches;
}
