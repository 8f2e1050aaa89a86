const maxAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** A picture unpacks to some 160 MB: a few files at once in this process, whoever uploads. */
export async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
