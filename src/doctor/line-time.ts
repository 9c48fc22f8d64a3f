/**
 * When a line was written. Logs of two programs are put side by side, and many leave the time zone out: then two times
 * are compared by their minutes and seconds only, because zones differ by half hours.
 */

export interface LineTime {
  /** ms since 1970, read as UTC where the line names no zone. */
  readonly ms: number;
  readonly hasZone: boolean;
  /** The line gives no date, only a time of day. */
  readonly timeOnly: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(?<h>\d\d):(?<m>\d\d):(?<s>\d\d)(?:[.,](?<f>\d{1,9}))?`;
const ZONE = String.raw`(?: ?(?<z>Z|[+-]\d\d:?\d\d))?`;
const FORMATS = [
  new RegExp(String.raw`(?<y>\d{4})[-/](?<mo>\d\d)[-/](?<d>\d\d)[T ]` + CLOCK + ZONE),
  new RegExp(String.raw`(?<d>\d\d)[/-](?<mon>[A-Z][a-z]{2})[/-](?<y>\d{4})[: ]` + CLOCK + ZONE),
  new RegExp(String.raw`(?<mon>[A-Z][a-z]{2}) {1,2}(?<d>\d{1,2}) ` + CLOCK + String.raw`(?: (?<y>\d{4}))?`),
  new RegExp(String.raw`(?:^|[ \[])` + CLOCK),
];

/** The first time in the line, or null. */
export function timeOf(line: string): LineTime | null {
  const head = line.slice(0, 400);
  for (const format of FORMATS) {
    const groups = format.exec(head)?.groups;
    if (groups === undefined) continue;
    const month = groups.mon === undefined ? Number(groups.mo ?? '1') - 1 : MONTHS.indexOf(groups.mon.toLowerCase());
    if (month < 0) continue;
    const ms = Date.UTC(
      Number(groups.y ?? '2000'),
      month,
      Number(groups.d ?? '1'),
      Number(groups.h),
      Number(groups.m),
      Number(groups.s),
      Number((groups.f ?? '0').padEnd(3, '0').slice(0, 3)),
    );
    return { ms: ms - offsetOf(groups.z), hasZone: groups.z !== undefined, timeOnly: groups.d === undefined };
  }
  return null;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

const HALF_HOUR = 30 * 60_000;

/** How far two times lie apart, ms; half hours are left out of the sum where a zone or a date is unknown. */
export function distance(a: LineTime, b: LineTime): number {
  const apart = Math.abs(a.ms - b.ms);
  if (a.hasZone === b.hasZone && a.timeOnly === b.timeOnly) return apart;
  const rest = apart % HALF_HOUR;
  return Math.min(rest, HALF_HOUR - rest);
}
