export interface Ringer {
  ring(): void;
  /** No further ring; one that was still to come comes now. */
  stop(): Promise<void>;
}

/** Rings at once, and however often it is asked to, only so often again: a flood of messages is one reading after another. */
export function steadyRinger(
  ring: () => Promise<void>,
  everyMs: number,
  onError: (error: Error) => void,
): Ringer {
  let timer: NodeJS.Timeout | undefined;
  let isWanted = false;
  let last = Promise.resolve();

  function go(): void {
    isWanted = false;
    last = last.then(ring).catch(onError);
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) go();
    }, everyMs);
  }

  return {
    ring() {
      isWanted = true;
      if (!timer) go();
    },
    async stop() {
      clearTimeout(timer);
      if (isWanted) last = last.then(ring).catch(onError);
      await last;
    },
  };
}
