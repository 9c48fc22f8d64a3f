const two = (number: number): string => String(number).padStart(2, '0');

const day = (time: Date): string => `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;

const clock = (time: Date): string => [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':');

/** A time as the reader's own clock shows it: `03:12:45`, with the day before it when it is another than today. */
export function clockText(at: number, now: number): string {
  const time = new Date(at);
  return day(time) === day(new Date(now)) ? clock(time) : `${day(time)} ${clock(time)}`;
}

/** The same for other people, elsewhere: `2026-11-22 03:12:45 +01:00`. */
export function fullTime(at: number): string {
  const time = new Date(at);
  const east = -time.getTimezoneOffset();
  const offset = [Math.trunc(Math.abs(east) / 60), Math.abs(east) % 60].map(two).join(':');
  return `${day(time)} ${clock(time)} ${east < 0 ? '-' : '+'}${offset}`;
}
