const FINE = new Set([100, 101, 103, 200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308]);
const EXPLAINED = new Set([400, 401, 403, 404, 407, 408, 413, 414, 429, 431, 499, 500, 502, 503, 504]);

/** The fact that a status is: by its number where a rule explains it, by its class where none does. */
export function statusName(status: number): string {
  if (EXPLAINED.has(status)) return `status:${status}`;
  if (FINE.has(status)) return 'status:fine';
  return status >= 600 ? 'status:odd' : `status:${Math.floor(status / 100)}xx`;
}
