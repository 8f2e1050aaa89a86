/** Work that waits its turn behind work of the same name. */
export interface Lines {
  /** Where somebody is at work. */
  names(): readonly string[];
  /** @returns what becomes of `work`, which begins when all before it in this line has ended, well or not */
  join(name: string, work: () => Promise<void>): Promise<void>;
}

/** @param onEmpty nobody waits in a line any more */
export function openLines(onEmpty: () => void): Lines {
  const last = new Map<string, Promise<void>>();
  return {
    names: () => [...last.keys()],
    join(name, work) {
      const done = (last.get(name) ?? Promise.resolve()).catch(() => undefined).then(work);
      last.set(name, done);
      return done.finally(() => {
        if (last.get(name) !== done) return;
        last.delete(name);
        onEmpty();
      });
    },
  };
}
