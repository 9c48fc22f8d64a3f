import { describe, expect, it } from 'vitest';
import { preview } from './console-preview.ts';
import { resultText, shortUrl } from './outcome-words.ts';
import { provenanceLine, provenanceText } from './provenance-words.ts';
import { sizeText, spanText } from './quantities.ts';
import { answered, closedEarly } from './sample-exchanges.test-data.ts';
import { visibleBytes } from './visible-bytes.ts';

describe('quantities', () => {
  it.each([
    [0, '0 ms'],
    [48.4, '48 ms'],
    [999.7, '1 s'],
    [1400, '1.4 s'],
    [60_000, '60 s'],
    [86_400_000, '1440 min'],
  ])('%d ms reads %s', (ms, text) => expect(spanText(ms)).toBe(text));

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [312, '312 bytes'],
    [12_345, '12.3 kB'],
  ])('%d bytes read %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});

describe('visibleBytes', () => {
  it('hides no byte', () => {
    expect(visibleBytes('HTTP/1.1 200 OK\r\nA: b\n\r\n\x00caf\xc3\xa9').lines).toEqual([
      { text: 'HTTP/1.1 200 OK', end: '\\r\\n' },
      { text: 'A: b', end: '\\n' },
      { text: '', end: '\\r\\n' },
      { text: '\\x00caf\\xc3\\xa9', end: '' },
    ]);
  });

  it('adds no empty line after a final line end, and none for no bytes', () => {
    expect(visibleBytes('a\r\n').lines).toEqual([{ text: 'a', end: '\\r\\n' }]);
    expect(visibleBytes('').lines).toEqual([]);
  });

  it('counts what it leaves off', () => {
    expect(visibleBytes('x'.repeat(10_000)).more).toBe(4000);
  });
});

describe('words for results', () => {
  it('name status and error', () => {
    expect(resultText(closedEarly)).toBe('502 Bad Gateway');
    expect(resultText({ client: { ...answered.client, error: 'truncated' } })).toBe('200 OK, cut off');
    expect(resultText({ client: { ...answered.client, status: null, reason: null, error: 'aborted' } })).toBe(
      'aborted',
    );
  });

  it('shorten URLs of the known origin only', () => {
    expect(shortUrl('https://api.example.com/a?b=1', 'https://api.example.com')).toBe('/a?b=1');
    expect(shortUrl('https://cdn.example.com/a', 'https://api.example.com')).toBe('cdn.example.com/a');
  });

  it('say where an answer comes from', () => {
    const { provenance } = closedEarly.gateway;
    expect(provenanceLine(provenance)).toBe('Recorded from nginx/1.22.1 on 2026-11-21.');
    expect(provenanceText(provenance)).toBe(
      'Recorded from nginx/1.22.1 on 2026-11-21. Settings: proxy_read_timeout 60s.',
    );
    expect(provenanceLine({ kind: 'documented', source: 'https://docs.example.com', date: '2026-11-21' })).toBe(
      'Documented: https://docs.example.com, read on 2026-11-21',
    );
  });
});

describe('preview of a console value', () => {
  it('writes structures on one line', () => {
    expect(
      preview({
        type: 'record',
        label: 'Object',
        fields: [
          ['id', { type: 'number', text: '42' }],
          ['tags', { type: 'list', label: 'Array', items: [{ type: 'string', text: 'paid' }], more: 2 }],
        ],
        more: 0,
      }),
    ).toBe('{id: 42, tags: ["paid", …]}');
  });
});
