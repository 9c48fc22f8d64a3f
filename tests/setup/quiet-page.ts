import type { Page } from '@playwright/test';

/** What a page did that a reader should never notice. Each list stays empty on a good page. */
export interface Noise {
  /** Errors and warnings in the browser's console, and exceptions that nothing caught. */
  readonly complaints: string[];
  /** URLs of requests to any other host than the site's own. */
  readonly foreignRequests: string[];
}

/** Listens to `page` from now on. Call it before the first `goto`. */
export function listenForNoise(page: Page): Noise {
  const noise: Noise = { complaints: [], foreignRequests: [] };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') noise.complaints.push(message.text());
  });
  page.on('pageerror', (error) => noise.complaints.push(`${error.name}: ${error.message}`));
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.protocol === 'blob:' || url.protocol === 'data:' || url.hostname === 'localhost';
    if (!isOwn) noise.foreignRequests.push(request.url());
  });
  return noise;
}
