import { replaceGlobal } from './time.ts';

/** `new Request('/orders')` means the same address as `fetch('/orders')` does. @param base the origin of the program's page */
export function installRelativeRequests(base: string): void {
  const relative = new Proxy(Request, {
    construct(target, [input, ...rest]: [unknown, ...unknown[]], newTarget): object {
      const known = input instanceof target || !URL.canParse(String(input), base);
      return Reflect.construct(
        target,
        [known ? input : new URL(String(input), base).href, ...rest],
        newTarget,
      ) as object;
    },
  });
  Object.defineProperty(Request.prototype, 'constructor', { configurable: true, writable: true, value: relative });
  replaceGlobal('Request', relative);
}
