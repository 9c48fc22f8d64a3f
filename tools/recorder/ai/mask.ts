import type { WireEvent } from '../../../src/gateway/exchange.ts';
import type { AiRecording } from '../../../src/schema/ai-proxy.ts';

/** Puts placeholders in place of what changes from run to run. */

type Rule = readonly [find: RegExp, put: string | ((found: string) => string)];

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const PORT = /(?<=127\.0\.0\.1:|127\.0\.0\.1', )\d{4,5}/g;

const HEAD: readonly Rule[] = [
  [UUID, '{{id}}'],
  [/(?<=^date: )[^\r\n]+/gim, '{{date}}'],
  [/(?<=^[\w-]*(?:duration|overhead)[\w-]*: )[\d.]+/gim, '{{ms}}'],
  [/(?<=^x-litellm-model-id: )[0-9a-f]{16,}/gim, '{{id}}'],
  [PORT, '{{port}}'],
];

/** As long as what they stand for, so that the lengths in the message stay true. */
const zeros = (found: string): string => found.replaceAll(/[0-9a-f]/g, '0');
const BODY: readonly Rule[] = [
  [UUID, zeros],
  [/(?<="created":)\d+/g, zeros],
  [/(?<=')[0-9a-f]{64}(?=')/g, zeros],
  [/(?<=time taken=)\d+\.\d+/g, zeros],
];

const LOG: readonly Rule[] = [
  [UUID, '{{id}}'],
  [PORT, '{{port}}'],
];

const replaceAll = (text: string, rules: readonly Rule[]): string =>
  rules.reduce((masked, [find, put]) => masked.replace(find, typeof put === 'string' ? () => put : put), text);

/** What the client got, masked. */
export function maskAnswer(events: readonly WireEvent[]): AiRecording['wire'] {
  let inHead = true;
  return events.map((event) => {
    if (event.kind === 'bytes') {
      const end = inHead ? event.bytes.indexOf('\r\n\r\n') + 4 : 0;
      inHead = false;
      const [head, body] = [event.bytes.slice(0, end), event.bytes.slice(end)];
      return { ...event, bytes: replaceAll(head, HEAD) + replaceAll(body, BODY) };
    }
    if (event.kind === 'close' || event.kind === 'reset' || event.kind === 'stall') return event;
    throw new Error(`The client of a proxy on this machine met "${event.kind}".`);
  });
}

/** The last line of a traceback: an exception by its name, and what it says. */
const EXCEPTION = /^(?:\w+\.)*\w*(?:Error|Exception|Timeout|Disconnected|Exhausted)\w*(?:: .*)?$/;
const RECORD = /^(?:\d\d:\d\d:\d\d - )?LiteLLM[\w .]*:(?:ERROR|WARNING)/;
const COLORS = /\x1b\[[\d;]*m/g;

/** The lines of the log that say what happened, without the tracebacks' source lines. */
export function maskLines(lines: readonly string[]): AiRecording['log'] {
  const plain = lines.map((line) => replaceAll(line.replace(COLORS, ''), LOG).trimEnd());
  const error = plain
    .filter((line) => RECORD.test(line) || EXCEPTION.test(line))
    .map((line) => line.replace(/^\d\d:\d\d:\d\d/, '{{time}}').replace(/(?<=\.py:)\d+/, '{{line}}'));
  return { access: plain.filter((line) => line.includes(' HTTP/1.1" ')), error: [...new Set(error)] };
}
