/** What every refusal looks like: docs/errors.md. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  issues?: { pointer: string; code: string; message: string; accountId?: string }[];
  choices?: { earlier: string; later: string };
}
