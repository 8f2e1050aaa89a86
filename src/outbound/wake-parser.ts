import type { Socket } from "node:net";

/** What we use of undici's parser of answers, which hangs on its socket. */
interface Parser {
  readonly ptr: number;
  readonly llhttp: { llhttp_resume(ptr: number): void };
  /** Whoever reads the answer is slower than the line. */
  paused: boolean;
  statusCode: number;
  resume(): void;
}

/**
 * Lets a server hang up while somebody still reads its answer. undici 7 fails an assertion there which nobody can catch,
 * and that ends the process: https://github.com/nodejs/undici/issues/5360, mended in undici 8, which needs Node 22
 * (checked 2026-11). Its own listeners are added after these, and find a parser that does not wait.
 */
export function wakeParserAtTheEnd(socket: Socket): void {
  const waiting = () => {
    const parser = parserOf(socket);
    return parser?.paused ? parser : undefined;
  };
  socket.on("end", () => {
    waiting()?.resume(); // all that came was read off the line: what is whole ends here
    const parser = waiting();
    if (!parser || socket.destroyed) return;
    parser.llhttp.llhttp_resume(parser.ptr);
    parser.paused = false;
  });
  const fail = () => {
    const parser = waiting();
    if (parser) parser.statusCode = 0; // of what was cut off nobody is to say that it was whole
  };
  socket.on("error", fail).on("close", fail);
}

function parserOf(socket: Socket): Parser | undefined {
  const key = Object.getOwnPropertySymbols(socket).find(({ description }) => description === "parser");
  return key && (Reflect.get(socket, key) as Parser | undefined);
}
