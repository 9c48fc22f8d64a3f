/**
 * Puts the address of the page where programs look for it, and resolves relative URLs against it, as on the page itself.
 * The worker's own address is one that nothing can be relative to.
 * @param page origin, e.g. `https://shop.example.com`
 * @returns the requests that the program makes with a stream as their body
 */
export function installPage(page: string): WeakSet<Request> {
  const define = (target: object, name: string, value: unknown): boolean =>
    Reflect.defineProperty(target, name, { configurable: true, writable: true, enumerable: false, value });
  const resolved = (url: unknown): unknown => (URL.canParse(String(url), page) ? new URL(String(url), page).href : url);

  define(globalThis, 'location', new URL('/', page));
  define(globalThis, 'origin', page);
  const { navigator } = globalThis as { navigator?: object };
  if (navigator) define(navigator, 'onLine', true);

  const streaming = new WeakSet<Request>();
  const native = Request;
  const relative = new Proxy(native, {
    construct: (target, values: readonly unknown[], newTarget) => {
      const [input, init] = values as [unknown, RequestInit | undefined];
      const rest = values.length > 1 ? [init] : [];
      const first = values.length === 0 ? [] : [input instanceof native ? input : resolved(input)];
      const request = Reflect.construct(target, [...first, ...rest], newTarget) as Request;
      if (init?.body instanceof ReadableStream) streaming.add(request);
      return request;
    },
  });
  define(native.prototype, 'constructor', relative);
  define(globalThis, 'Request', relative);

  const redirect = Response.redirect.bind(Response);
  define(Response, 'redirect', (url: unknown, ...rest: [number?]) => redirect(resolved(url) as string, ...rest));
  return streaming;
}
