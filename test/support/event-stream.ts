export interface SeenEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** A listener on GET /v1/events. */
export async function listen(url: string, key: string, lastEventId?: string) {
  const abort = new AbortController();
  const response = await fetch(`${url}/v1/events`, {
    headers: {
      authorization: `Bearer ${key}`,
      ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
    },
    signal: abort.signal,
  });
  const events: SeenEvent[] = [];
  const ended = read(response, events).catch(() => undefined);
  return { status: response.status, headers: response.headers, events, ended, close: () => abort.abort() };
}

async function read(response: Response, events: SeenEvent[]): Promise<void> {
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString("utf8");
    const messages = text.split("\n\n");
    text = messages.pop() ?? "";
    events.push(...messages.flatMap(parse));
  }
}

function parse(message: string): SeenEvent[] {
  const fields = Object.fromEntries(
    message.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  return fields.id === undefined
    ? []
    : [{ id: fields.id, type: fields.event ?? "", data: JSON.parse(fields.data ?? "{}") }];
}
