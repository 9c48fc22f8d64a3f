/** Times of day as gateways write them into their logs. All of them in UTC. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Whole number with leading zeros. */
export const digits = (value: number, length: number): string => String(Math.trunc(value)).padStart(length, '0');

const day = (date: Date): string => digits(date.getUTCDate(), 2);
const month = (date: Date): string => MONTHS[date.getUTCMonth()] ?? '';
/** `09:00:00`. */
export const clockTime = (date: Date): string =>
  [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) => digits(part, 2)).join(':');

/** `15/Jan/2026:09:00:00`, without the zone. */
export function logTime(ms: number): string {
  const date = new Date(ms);
  return `${day(date)}/${month(date)}/${date.getUTCFullYear()}:${clockTime(date)}`;
}

/** `15/Jan/2026:09:00:00 +0000`, the time of NCSA's common log format. */
export const commonLogTime = (ms: number): string => `${logTime(ms)} +0000`;

/** `2026/01/15 09:00:00`. */
export function slashedTime(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCFullYear()}/${digits(date.getUTCMonth() + 1, 2)}/${day(date)} ${clockTime(date)}`;
}

/** `2026-01-15 09:00:00`. */
export const dashedTime = (ms: number): string => slashedTime(ms).replaceAll('/', '-');

/** `Thu Jan 15 09:00:00.123456 2026`, C's asctime with microseconds. */
export function asctimeMicros(ms: number): string {
  const date = new Date(ms);
  const micros = digits((ms % 1000) * 1000, 6);
  return `${DAYS[date.getUTCDay()] ?? ''} ${month(date)} ${day(date)} ${clockTime(date)}.${micros} ${date.getUTCFullYear()}`;
}
