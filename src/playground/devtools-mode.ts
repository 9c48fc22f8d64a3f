import { signal } from '@preact/signals';
import type { Devtools } from '../devtools/devtools.ts';

/** The way of requests through the page while `Show in DevTools` is on, for all playgrounds of the page; else null. */
export const devtools = signal<Devtools | null>(null);
