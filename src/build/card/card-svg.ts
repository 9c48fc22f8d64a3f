import { site } from '../site.ts';
import { titleLines } from './card-text.ts';

/** The picture of a page where its address is shared: what kind of page it is, its title, and the wire below. */
export interface Card {
  readonly title: string;
  /** Such as `Guide`; empty for a page that is of no kind. */
  readonly kind: string;
  /** Where the wire is broken, and the words over its spans. */
  readonly wire?: CardWire | undefined;
}

export interface CardWire {
  readonly broken?: 'client' | 'client-span' | 'gateway' | 'upstream-span' | 'upstream' | undefined;
  readonly clientSpan?: string | undefined;
  readonly upstreamSpan?: string | undefined;
}

export const CARD_SIZE = { width: 1200, height: 630 } as const;
/** Fonts of the card, which come with packages: no picture depends on the machine that makes it. */
export const CARD_FONTS = { text: 'Inter SemiBold', mono: 'DejaVu Sans Mono' } as const;

/** The light theme of tokens.css. */
export const CARD_COLORS = {
  '--lab-paper': '#fcfcfa',
  '--lab-ink': '#1b1f23',
  '--lab-ink-soft': '#545b63',
  '--lab-line': '#dcdcd5',
  '--lab-5xx-gateway': '#b5103f',
} as const;

const MARGIN = 80;
const WIRE = 486;
const STATIONS = { client: 150, gateway: 600, upstream: 1050 } as const;
type Station = keyof typeof STATIONS;
const color = (name: keyof typeof CARD_COLORS): string => CARD_COLORS[name];

/** The card as SVG. */
export function cardSvg({ title, kind, wire = { broken: 'upstream-span' } }: Card): string {
  const { lines, size } = titleLines(title, CARD_SIZE.width - 2 * MARGIN);
  const heading = lines
    .map((line, index) =>
      words(line, MARGIN, 186 + size * 0.4 + index * size * 1.18, size, 'start', color('--lab-ink'), CARD_FONTS.text),
    )
    .join('');
  const { width, height } = CARD_SIZE;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="${width}" height="${height}" fill="${color('--lab-paper')}"/>` +
    mono(kind === '' ? site.name : `${site.name} · ${kind}`, MARGIN, 106, 28, 'start') +
    heading +
    `<g fill="none" stroke="${color('--lab-ink')}" stroke-width="5">` +
    span('client', 'gateway', wire.broken === 'client-span', wire.clientSpan) +
    span('gateway', 'upstream', wire.broken === 'upstream-span', wire.upstreamSpan) +
    (Object.keys(STATIONS) as Station[]).map((name) => station(name, wire.broken === name)).join('') +
    '</g></svg>'
  );
}

function span(from: Station, to: Station, broken: boolean, label = ''): string {
  const [left, right] = [STATIONS[from], STATIONS[to]];
  const middle = (left + right) / 2;
  const tone = broken ? color('--lab-5xx-gateway') : color('--lab-ink-soft');
  const over = label === '' ? '' : mono(label, middle, WIRE - 36, 25, 'middle', tone);
  if (!broken) return `<path d="M${left} ${WIRE}H${right}"/>${over}`;
  return (
    `<path d="M${left} ${WIRE}H${middle - 34}M${middle + 34} ${WIRE}H${right}" stroke-dasharray="10 12"/>` +
    `<path d="M${middle - 14} ${WIRE - 14}l28 28m-28 0 28 -28" stroke="${tone}" stroke-width="7"/>${over}`
  );
}

function station(name: Station, broken: boolean): string {
  const x = STATIONS[name];
  const tone = broken ? color('--lab-5xx-gateway') : color('--lab-ink');
  const shape =
    name === 'gateway'
      ? `<rect x="${x - 24}" y="${WIRE - 42}" width="48" height="84" rx="8" fill="${tone}" stroke="none"/>`
      : `<circle cx="${x}" cy="${WIRE}" r="24" fill="${color('--lab-paper')}" stroke="${tone}"/>`;
  return shape + mono(name, x, WIRE + 84, 25, 'middle');
}

const mono = (
  text: string,
  x: number,
  y: number,
  size: number,
  anchor: string,
  fill = color('--lab-ink-soft'),
): string => words(text, x, y, size, anchor, fill, CARD_FONTS.mono);

const words = (
  text: string,
  x: number,
  y: number,
  size: number,
  anchor: string,
  fill: string,
  family: string,
): string =>
  `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" text-anchor="${anchor}" fill="${fill}" stroke="none">${escaped(text)}</text>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
