/** A value that shows nothing of itself when logged, inspected or put into JSON. */
export interface Secret<T> {
  reveal(): T;
}

export function secret<T>(value: T): Secret<T> {
  return Object.freeze({ reveal: () => value, toJSON: () => "[redacted]" });
}
