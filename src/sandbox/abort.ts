/** The reason of an abort that names none. The text is Chromium's, so that a run prints the same in every browser. */
const withoutReason = (): DOMException => new DOMException('signal is aborted without reason', 'AbortError');

/** Lets `AbortController` and `AbortSignal.abort()` give the same reason in every browser. */
export function installAbort(): void {
  for (const [target, native] of [
    [AbortController.prototype, Reflect.get(AbortController.prototype, 'abort')],
    [AbortSignal, Reflect.get(AbortSignal, 'abort')],
  ] as const) {
    Object.defineProperty(target, 'abort', {
      configurable: true,
      writable: true,
      enumerable: true,
      value: function abort(this: unknown, reason: unknown = withoutReason()): unknown {
        return Reflect.apply(native as (reason: unknown) => unknown, this, [reason]);
      },
    });
  }
}
