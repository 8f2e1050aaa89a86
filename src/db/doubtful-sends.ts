import type { Sent } from "../domain/link/sent-words.ts";
import type { Database } from "./database.ts";

const anHourAround = "$3::timestamptz - interval '1 hour' and $3::timestamptz + interval '1 hour'";

/**
 * What was sent from here to an account about then and may be there under an id that nobody knows: a person said that it
 * is, or an attempt had no clear answer and was given up, or sent again. In all the words its post ever had.
 */
export async function doubtfulSends(
  db: Database,
  { workspaceId, accountId }: { readonly workspaceId: string; readonly accountId: string },
  about: Date,
): Promise<Sent[]> {
  const { rows } = await db.pool.query<Sent>(
    `select v.content->>'text' as text, v.content->'options' as options, coalesce((select json_agg(m.look order by n)
         from jsonb_array_elements(v.content->'media') with ordinality as f(file, n)
         left join media m on m.workspace_id = $1 and m.id = f.file->>'id'), '[]') as looks
     from deliveries d join variants v on v.post_id = d.post_id
     where d.workspace_id = $1 and d.account_id = $2 and d.due_at > now() - interval '30 days'
       and (d.state = 'published' and d.external_id is null and coalesce(d.sent_at, d.published_at) between ${anHourAround}
         or exists (select 1 from attempts t where t.delivery_id = d.id and t.started_at between ${anHourAround}
           and t.outcome in ('indeterminate', 'lease_expired', 'pending') and (d.external_id is null
             or exists (select 1 from attempts later where later.delivery_id = d.id and later.fence > t.fence))))`,
    [workspaceId, accountId, about],
  );
  return rows;
}
