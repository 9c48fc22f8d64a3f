/**
 * MSW refuses to load where `localStorage` is missing, and workers have none. Import this before MSW; it gives an empty
 * one there and leaves a real one alone.
 */
if (typeof localStorage === 'undefined') {
  Object.defineProperty(globalThis, 'localStorage', {
    configurable: true,
    value: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
  });
}

export {};
