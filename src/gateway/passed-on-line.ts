import { fillPlaceholders, replaceVolatile, templateOf, type Profile } from './profile.ts';
import type { VolatileContext } from './recording.ts';
import { fillTemplate, rememberedBy, type Fill, type Template } from './template.ts';

/**
 * Lines of the access log about answers that were passed on: the recorded line with the scenario's own status and length.
 * Finding them in every line anew is slow, so they are found once, in the recorded line; where that would give another
 * line than finding them in the finished one, the finished one is used.
 */
export function passedOnLine(text: string, { volatile, passedOnLog }: Profile, context: VolatileContext): string {
  const template = lines(passedOnLog, text, () => lineTemplate(text, volatile, passedOnLog));
  return template ? fillTemplate(template, context) : inFinished(text, volatile, passedOnLog, context);
}

const lines = rememberedBy<Template | null>();

const inFinished = (
  text: string,
  volatile: Profile['volatile'],
  passedOnLog: Profile['passedOnLog'],
  context: VolatileContext,
): string => replaceVolatile(fillPlaceholders(text, volatile, context), 'access', passedOnLog, context);

function lineTemplate(
  text: string,
  volatile: Profile['volatile'],
  passedOnLog: Profile['passedOnLog'],
): Template | null {
  const rules = passedOnLog.filter((rule) => rule.in === 'access');
  const recorded = templateOf(text, volatile);
  const [finds, others] = PROBES.map((probe) => placesIn(recorded, rules, probe));
  if (!finds || JSON.stringify(finds) !== JSON.stringify(others)) return null;
  const texts: string[] = [];
  const fills: Fill[] = [];
  for (const [index, literal] of recorded.texts.entries()) {
    let from = 0;
    for (const place of finds.filter(({ part }) => part === index)) {
      if (place.start < from) return null;
      texts.push(literal.slice(from, place.start));
      fills.push(rules[place.rule]?.fill ?? (() => ''));
      from = place.start + place.length;
    }
    texts.push(literal.slice(from));
    const fill = recorded.fills[index];
    if (fill) fills.push(fill);
  }
  const template = { texts, fills };
  const same = PROBES.every(
    (probe) => fillTemplate(template, probe) === inFinished(text, volatile, passedOnLog, probe),
  );
  return same ? template : null;
}

interface Place {
  readonly rule: number;
  /** Position among the template's texts. */
  readonly part: number;
  readonly start: number;
  readonly length: number;
}

/** Where the rules find something in the line of one exchange; null when it is not in a text that never changes. */
function placesIn({ texts, fills }: Template, rules: Profile['passedOnLog'], context: VolatileContext): Place[] | null {
  const starts: number[] = [];
  let line = '';
  for (const [index, text] of texts.entries()) {
    starts.push(line.length);
    line += text + (fills[index]?.(context) ?? '');
  }
  const places: Place[] = [];
  for (const [rule, { find }] of rules.entries()) {
    for (const match of line.matchAll(find)) {
      const part = starts.findLastIndex((start) => start <= match.index);
      const start = match.index - (starts[part] ?? 0);
      const length = match[0].length;
      if (start + length > (texts[part]?.length ?? 0)) return null;
      places.push({ rule, part, start, length });
    }
  }
  return places.sort((one, other) => one.part - other.part || one.start - other.start);
}

/** Two exchanges that have no value in common. They only decide which way a line is written. */
const PROBES: readonly VolatileContext[] = [
  probe({
    status: 299,
    bodyBytes: 1_234_567,
    sentBytes: 1_234_999,
    ms: 86_461_007,
    path: '/a/1?b=2',
    address: '10.9.8.7:6543',
  }),
  probe({ status: 511, bodyBytes: 0, sentBytes: 181, ms: 12, path: '/', address: 'app.internal.test:80' }),
];

function probe(value: {
  readonly status: number;
  readonly bodyBytes: number;
  readonly sentBytes: number;
  readonly ms: number;
  readonly path: string;
  readonly address: string;
}): VolatileContext {
  const { status, bodyBytes, sentBytes, ms, path, address } = value;
  const times = { connectMs: ms, headerMs: ms + 1, responseMs: ms + 2 };
  return {
    id: status,
    requestedAt: 1e12 + ms,
    finishedAt: 1e12 + ms * 3,
    method: 'GET',
    path,
    host: 'api.example.com',
    userAgent: `probe/${ms}`,
    requestHeaders: [['X-Probe', path]],
    requestBytes: ms,
    clientAddress: '203.0.113.7',
    upstreamAddress: address,
    upstreamHost: address.replace(/:.*/, ''),
    upstreamAddresses: [address, `2.${address}`],
    upstreamSocket: '/run/probe.sock',
    ...times,
    attempts: [times, { connectMs: ms + 3, headerMs: ms + 4, responseMs: ms + 5 }],
    status,
    bodyBytes,
    sentBytes,
    head: { status, reason: 'Probe', headers: [['Content-Type', 'text/plain']] },
  };
}
