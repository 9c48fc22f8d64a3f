import type { Element, ElementContent } from 'hast';
import { toString } from 'hast-util-to-string';
import { consoleText } from '../../playground/console-text.ts';
import { gatewayLogLines } from '../../playground/gateway-log-lines.ts';
import { resultText, shortUrl } from '../../playground/outcome-words.ts';
import { instructive, type PlaygroundData, type PlaygroundFile } from '../../playground/playground-data.ts';
import { provenanceLine } from '../../playground/provenance-words.ts';
import { spanText } from '../../playground/quantities.ts';
import { sequenceSummary } from '../../playground/sequence-steps.ts';
import { statusSentence } from '../../playground/status-sentence.ts';
import type { RunResult } from '../../sandbox/protocol.ts';
import { attribute, codeBlock, element, find, findAll, strong, text } from './html-tree.ts';

/**
 * A playground as a page to read: its programs, and what the first of them did when the page was built: its requests,
 * what it printed, what the gateway wrote.
 */
export function plainPlayground(playground: Element): ElementContent[] {
  const json = find(playground, (node) => attribute(node, 'type') === 'application/json');
  if (!json) return [];
  const data = JSON.parse(toString(json)) as PlaygroundData;
  const programs = findAll(playground, ({ tagName }) => tagName === 'textarea');
  return [
    strong(`Program to run: ${data.title}`),
    element('p', [text(`Simulated: ${data.simulates}`)]),
    ...programs.map((program, index) => programBlock(toString(program), data.files[index])),
    ...(data.recorded ? recordedParts(data, data.recorded) : []),
  ];
}

const programBlock = (code: string, file?: PlaygroundFile): Element =>
  codeBlock(code, file?.lang, file ? `title="${file.name}"` : '');

function recordedParts({ scenario, files }: PlaygroundData, recorded: RunResult): ElementContent[] {
  const { console: entries, exchanges, failure } = recorded;
  const printed = consoleText(entries, failure).trimEnd();
  const log = gatewayLogLines(exchanges).map(({ id, kind, text: line }) => `${id} ${kind}: ${line}`);
  const first = instructive(exchanges);
  const program = files.length > 1 ? `${files[0]?.name ?? ''}. ` : '';
  return [
    element('p', [text(program + statusSentence('idle', recorded))]),
    ...(exchanges.length > 0 ? [networkTable(recorded, scenario.origin)] : []),
    ...(printed === '' ? [] : [strong('Console'), codeBlock(printed)]),
    ...(log.length === 0 ? [] : [strong('Gateway log'), codeBlock(log.join('\n'))]),
    ...(first
      ? [
          element('p', [
            text(`Request ${first.id}: ${sequenceSummary(first)} ${provenanceLine(first.gateway.provenance)}`),
          ]),
        ]
      : []),
  ];
}

function networkTable({ exchanges }: RunResult, origin: string): Element {
  const row = (tagName: 'th' | 'td', cells: readonly string[]): Element =>
    element(
      'tr',
      cells.map((cell) => element(tagName, [text(cell)])),
    );
  const rows = exchanges.map((exchange) =>
    row('td', [
      String(exchange.id),
      exchange.request.method,
      shortUrl(exchange.request.url, origin),
      resultText(exchange),
      spanText(exchange.client.elapsedMs),
      exchange.gateway.id,
    ]),
  );
  return element('table', [
    element('thead', [row('th', ['#', 'Method', 'URL', 'Status', 'Duration', 'Gateway'])]),
    element('tbody', rows),
  ]);
}
