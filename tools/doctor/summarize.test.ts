import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countPart } from './count-range.ts';
import { summaryOf } from './counted-log.ts';
import { LogSummary } from './log-summary.ts';
import { summarizeFile, summarizeStream } from './summarize.ts';

const nginx = (time: string, message: string, upstream = '10.0.0.5:8080') =>
  `2026/03/02 ${time} [error] 29#29: *7 ${message}, client: 203.0.113.7, server: shop.example.com, request: "POST /cart HTTP/1.1", upstream: "http://${upstream}/cart", host: "shop.example.com"`;
const REFUSED = 'connect() failed (111: Connection refused) while connecting to upstream';
const TIMED_OUT = 'upstream timed out (110: Connection timed out) while reading response header from upstream';

const LINES = [
  nginx('10:00:00', REFUSED),
  '',
  '2026/03/02 10:00:01 [notice] 29#29: signal process started',
  nginx('10:59:59', REFUSED),
  nginx('11:00:00', TIMED_OUT, 'unix:/run/a.sock:'),
  'nothing here',
];
const SUMMARY = {
  lines: 5,
  failures: 3,
  causes: [
    ['upstream-refused', 2],
    ['upstream-timeout', 1],
  ],
  gateways: [['nginx', 3]],
  upstreams: [
    ['10.0.0.5:8080', 'upstream-refused', 2],
    ['unix:/run/a.sock', 'upstream-timeout', 1],
  ],
  hours: [
    ['2026/03/02 10', 2],
    ['2026/03/02 11', 1],
  ],
};

function summarizeIn(size: number, log: Buffer) {
  const summary = new LogSummary();
  for (let at = 0; at < log.length; at += size) summary.push(log.subarray(at, at + size));
  return summaryOf([summary.finish()]);
}

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'summary-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'error.log');
  writeFileSync(file, text);
  return file;
}

describe('the summary of a log', () => {
  it('counts by cause, upstream and hour, wherever the pieces are cut', () => {
    const log = Buffer.from(`${LINES.join('\n')}\n`);
    for (const size of [1, 7, 100, 1000]) expect(summarizeIn(size, log), `pieces of ${size}`).toEqual(SUMMARY);
  });

  it('counts a last line without its end, and lines that end with CR LF', () => {
    expect(summarizeIn(50, Buffer.from(LINES.join('\n')))).toEqual(SUMMARY);
    expect(summarizeIn(50, Buffer.from(LINES.join('\r\n')))).toMatchObject({ failures: 3, hours: SUMMARY.hours });
  });

  it('reads the beginning of a line of any length, and what comes after it', () => {
    const long = `${nginx('10:00:00', REFUSED)}${' and so on'.repeat(100_000)}`;
    expect(summarizeIn(4096, Buffer.from(`${long}\n${LINES.join('\n')}`))).toMatchObject({ lines: 6, failures: 4 });
  });

  it('takes a line of another program between those of nginx for what it is', () => {
    const haproxy =
      'haproxy[7]: 203.0.113.7:5012 [02/Mar/2026:10:00:00.123] web orders/s1 0/0/-1/-1/3 503 217 - - SC-- 1/1/0/0/3 0/0 "GET /cart HTTP/1.1"';
    const summary = summarizeIn(64, Buffer.from(`${haproxy}\n${LINES.join('\n')}\n${haproxy}\n`));
    expect(summary).toMatchObject({ lines: 7, failures: 5 });
    expect(Object.fromEntries(summary.gateways)).toEqual({ nginx: 3, haproxy: 2 });
  });

  it('keeps no more names than it has room for', () => {
    const lines = Array.from({ length: 6000 }, (_, index) => nginx('10:00:00', REFUSED, `host-${index}.example.com`));
    const { upstreams, failures } = summarizeIn(5000, Buffer.from(lines.join('\n')));
    expect(failures).toBe(6000);
    expect(upstreams).toHaveLength(5001);
    expect(upstreams[0]).toEqual(['(others)', 'upstream-refused', 1000]);
  });

  it('counts each line once when a file is read in parts, wherever they meet', () => {
    const text = `${LINES.join('\n')}\n`;
    const file = fileOf(text);
    const edges = Array.from({ length: text.length + 1 }, (_, edge) => edge);
    // Every place near the end of a line, and some in the middle of one.
    const telling = edges.filter(
      (edge) => edge % 97 === 0 || text.slice(Math.max(0, edge - 2), edge + 2).includes('\n'),
    );
    for (const edge of telling) {
      const parts = [countPart({ file, from: 0, to: edge }), countPart({ file, from: edge, to: text.length })];
      expect(summaryOf(parts), `in two at ${edge}`).toEqual(SUMMARY);
    }
  });

  it('says the same of a file, read in parts side by side, as of a stream', async () => {
    const text = `${LINES.join('\n')}\n`.repeat(300);
    const whole = summarizeIn(text.length, Buffer.from(text));
    expect(whole.failures).toBe(900);
    const file = fileOf(text);
    expect(await summarizeFile(file, 10_000)).toEqual(whole);
    expect(await summarizeStream(Readable.from([Buffer.from(text)]))).toEqual(whole);
  });

  it('says of an empty file that it has no lines', async () => {
    expect(await summarizeFile(fileOf(''))).toEqual(summarizeIn(1, Buffer.alloc(0)));
    expect(summarizeIn(1, Buffer.alloc(0))).toMatchObject({ lines: 0, failures: 0, hours: [] });
  });
});
