export interface Loop {
  /** Starts the next round now, or right after the one under way. */
  wake(): void;
  /** No further round; resolves when the one under way is done. */
  stop(): Promise<void>;
}

/**
 * Runs `round` again and again, `everyMs` apart, never two at a time.
 * @param round answers true when there is more to do at once
 */
export function startLoop(
  round: () => Promise<boolean>,
  everyMs: number,
  onError: (error: Error) => void,
): Loop {
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  function run(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (current) {
      again = true;
      return;
    }
    again = false;
    current = round()
      .then(
        (more) => {
          again ||= more;
        },
        (error: unknown) => onError(error as Error),
      )
      .finally(() => {
        current = undefined;
        if (again) setImmediate(run);
        else if (!stopped) timer = setTimeout(run, everyMs);
      });
  }

  run();
  return {
    wake: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
