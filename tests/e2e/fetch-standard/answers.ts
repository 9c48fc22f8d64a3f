import { deflateRawSync, gzipSync } from 'node:zlib';
import { recordingsFor } from '../../../src/build/scenarios.ts';
import type { Header } from '../../../src/gateway/exchange.ts';
import type { GatewayId } from '../../../src/gateway/ids.ts';
import type { GatewayKit } from '../../../src/gateway/kit.ts';
import { packKit } from '../../../src/gateway/pack-kit.ts';
import { scenarioSchema, type Scenario } from '../../../src/schema/scenario.ts';

/** What the servers answer, on both sides the same: the simulated gateway computes the bytes, the real servers send them. */

export const API = 'https://api.example.com';
export const SHOP = 'https://shop.example.com';
export const FILES = 'https://files.example.com';

const TEXT = 'out of stock, '.repeat(40);

interface Answer {
  readonly status?: number;
  readonly headers?: readonly Header[];
  /** Latin1 text, one char per byte. */
  readonly body?: string;
  readonly delay?: number;
  readonly fault?: string;
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const gzip = latin1(gzipSync(TEXT));
const encoded = (encoding: string, body: string): Answer => ({ headers: [ANY, ['Content-Encoding', encoding]], body });

const ANY: Header = ['Access-Control-Allow-Origin', '*'];
const OWN: Header = ['Access-Control-Allow-Origin', SHOP];
const NULL: Header = ['Access-Control-Allow-Origin', 'null'];
const TRUSTED: Header = ['Access-Control-Allow-Credentials', 'true'];
const methods = (list: string): Header => ['Access-Control-Allow-Methods', list];
const names = (list: string): Header => ['Access-Control-Allow-Headers', list];
const moved = (status: number, to: string, ...headers: readonly Header[]): Answer => ({
  status,
  headers: [...headers, ['Location', to]],
});
const preflight = (...headers: readonly Header[]): Answer => ({ status: 204, headers });

/** Twenty redirects in a row, and one more. */
const chain = Object.fromEntries(
  Array.from({ length: 21 }, (_, index) => [`* /chain/${index + 1}`, moved(302, `${SHOP}/chain/${index}`)]),
);

const ANSWERS: Readonly<Record<string, Answer>> = {
  '* /whole': { body: 'hello' },
  '* /json': { headers: [['Content-Type', 'application/json']], body: '{"id":42}' },
  '* /form': { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: 'a=1&b=two+words' },
  '* /empty': { body: '' },
  '* /bom': { body: '\xef\xbb\xbfhi' },
  '* /invalid-utf8': { body: 'a\xffb' },
  '* /204': { status: 204 },
  '* /205': { status: 205 },
  '* /304': { status: 304 },
  '* /999': { status: 999, body: 'no' },
  '* /502': { status: 502, body: 'bad gateway' },
  '* /typed': { headers: [['Content-Type', 'Text/Plain; Charset=ISO-8859-1']], body: 'gr\xfcn' },
  '* /headers': {
    headers: [
      ['X-CamelCase', 'Yes'],
      ['x-twice', 'one'],
      ['X-Twice', 'two'],
      ['X-Padded', '  in the middle  '],
      ['X-Latin1', 'gr\xfcn'],
      ['Set-Cookie', 'a=b; Path=/elsewhere'],
      ['Set-Cookie2', 'c=d'],
    ],
    body: 'hi',
  },
  '* /cookie': { headers: [['Set-Cookie', 'a=b; Path=/cookie']] },
  '* /slow': { delay: 4000, body: 'late' },
  '* /slow-body': { fault: 'stall-mid-body', body: TEXT },
  '* /cut-length': { fault: 'close-mid-body-cl', body: TEXT },
  '* /reset-length': { fault: 'rst-mid-body-cl', body: TEXT },
  '* /cut-chunk': { fault: 'close-mid-chunk', body: TEXT },
  '* /over-long': { fault: 'body-longer-than-cl', body: TEXT },
  '* /nothing': { fault: 'ka-idle-closed' },
  '* /gzip': encoded('gzip', gzip),
  '* /gzip-upper': encoded('GZIP', gzip),
  '* /gzip-cut': encoded('gzip', gzip.slice(0, -12)),
  '* /gzip-junk': encoded('gzip', `${gzip}junk`),
  '* /gzip-lie': encoded('gzip', 'not compressed'),
  '* /deflate-raw': encoded('deflate', latin1(deflateRawSync(TEXT))),
  '* /encoding-unknown': encoded('rot13', 'uryyb'),
  '* /301': moved(301, '/whole'),
  '* /302': moved(302, '/whole'),
  '* /303': moved(303, '/whole'),
  '* /307': moved(307, '/whole'),
  '* /308': moved(308, '/whole'),
  '* /300': { ...moved(300, '/whole'), body: 'choices' },
  '* /302-nowhere': { status: 302, body: 'where to?' },
  '* /302-empty': { ...moved(302, ''), body: 'where to?' },
  '* /302-broken': moved(302, 'http://['),
  '* /302-data': moved(302, 'data:,x'),
  '* /302-relative': moved(302, 'chain/0#part'),
  '* /302-password': moved(302, `${SHOP.replace('//', '//u:p@')}/whole`),
  '* /302-two': {
    status: 302,
    headers: [
      ['Location', '/whole'],
      ['Location', '/json'],
    ],
  },
  '* /loop': moved(302, '/loop'),
  '* /chain/0': { body: 'arrived' },
  ...chain,
  '* /to-api': moved(302, `${API}/any`),
  '* /to-api-closed': moved(302, `${API}/none`),
  '* /to-api-password': moved(302, `${API.replace('//', '//u:p@')}/any`),
  '* /to-api-307': moved(307, `${API}/put-any`),

  '* /none': { body: 'not for you' },
  '* /none-502': { status: 502, body: 'bad gateway' },
  '* /any': { headers: [ANY], body: 'for all' },
  '* /own': { headers: [OWN], body: 'for the shop' },
  '* /own-trusted': { headers: [OWN, TRUSTED], body: 'for the shop' },
  '* /own-true': { headers: [OWN, ['Access-Control-Allow-Credentials', 'True']], body: 'for the shop' },
  '* /null': { headers: [NULL], body: 'for nobody' },
  '* /other-own': { headers: [['Access-Control-Allow-Origin', 'https://else.example.com']] },
  '* /slash-own': { headers: [['Access-Control-Allow-Origin', `${SHOP}/`]] },
  '* /word': { headers: [['Access-Control-Allow-Origin', 'shop']] },
  '* /blank': { headers: [['Access-Control-Allow-Origin', '']] },
  '* /two-own': { headers: [OWN, OWN] },
  '* /two-any': { headers: [ANY, ANY] },
  '* /list-own': { headers: [['Access-Control-Allow-Origin', `${SHOP}, ${FILES}`]] },
  '* /plain-headers': {
    headers: [
      ANY,
      ['X-Id', '7'],
      ['Retry-After', '9'],
      ['Cache-Control', 'no-store'],
      ['Content-Language', 'en'],
      ['Expires', '0'],
      ['Last-Modified', 'Thu, 15 Jan 2026 09:00:00 GMT'],
      ['Pragma', 'no-cache'],
      ['ETag', '"x"'],
    ],
  },
  '* /exposed': {
    headers: [ANY, ['X-Id', '7'], ['Retry-After', '9'], ['Access-Control-Expose-Headers', 'retry-after , X-ID']],
  },
  '* /exposed-all': { headers: [ANY, ['X-Id', '7'], ['Access-Control-Expose-Headers', '*']] },
  '* /exposed-all-trusted': { headers: [OWN, TRUSTED, ['X-Id', '7'], ['Access-Control-Expose-Headers', '*']] },
  'OPTIONS /put': preflight(ANY, methods('PUT')),
  '* /put': { headers: [ANY], body: 'put' },
  'OPTIONS /put-any': preflight(ANY, methods('*'), names('*')),
  '* /put-any': { headers: [ANY], body: 'put' },
  'OPTIONS /put-any-trusted': preflight(OWN, TRUSTED, methods('*'), names('*')),
  '* /put-any-trusted': { headers: [OWN, TRUSTED], body: 'put' },
  'OPTIONS /put-untrusted': preflight(OWN, methods('PUT')),
  '* /put-untrusted': { headers: [OWN, TRUSTED], body: 'put' },
  'OPTIONS /patch': preflight(ANY, methods('PATCH')),
  '* /patch': { headers: [ANY], body: 'patched' },
  'OPTIONS /names': preflight(ANY, names('X-One, content-type')),
  '* /names': { headers: [ANY], body: 'named' },
  'OPTIONS /ask-none': preflight(methods('PUT')),
  '* /ask-none': { headers: [ANY], body: 'asked' },
  'OPTIONS /ask-nothing': preflight(ANY),
  '* /ask-nothing': { headers: [ANY], body: 'asked' },
  'OPTIONS /ask-404': { status: 404, headers: [ANY, methods('PUT')] },
  '* /ask-404': { headers: [ANY], body: 'asked' },
  'OPTIONS /ask-502': { status: 502 },
  '* /ask-502': { headers: [ANY], body: 'asked' },
  'OPTIONS /ask-moved': moved(302, '/put', ANY, methods('PUT')),
  '* /ask-moved': { headers: [ANY], body: 'asked' },
  'OPTIONS /ask-broken': preflight(ANY, methods('PUT (')),
  '* /ask-broken': { headers: [ANY], body: 'asked' },
  'OPTIONS /remembered': preflight(ANY, methods('PUT'), ['Access-Control-Max-Age', '60']),
  '* /remembered': { headers: [ANY], body: 'put' },
  'OPTIONS /forgotten': preflight(ANY, methods('PUT'), ['Access-Control-Max-Age', '0']),
  '* /forgotten': { headers: [ANY], body: 'put' },
  '* /to-files': moved(302, `${FILES}/null`, ANY),
  '* /to-files-own': moved(302, `${FILES}/own`, ANY),
  '* /to-files-closed': moved(302, `${FILES}/none`, ANY),
  '* /to-shop': moved(302, `${SHOP}/null`, ANY),
  '* /to-shop-closed': moved(302, `${SHOP}/whole`, ANY),
  '* /to-password': moved(302, `${API.replace('//', '//u:p@')}/any`, ANY),
  '* /closed-to-any': moved(302, '/any'),
  'OPTIONS /to-put': preflight(ANY, methods('PUT')),
  '* /to-put': moved(307, `${FILES}/put-any`, ANY),
};

/** HAProxy passes on what it gets, when it gets it, and adds little of its own. */
export const GATEWAY: GatewayId = 'haproxy';

/** The scenario and kit of the comparison. */
export function comparison(): { readonly scenario: Scenario; readonly kit: GatewayKit } {
  const entries = Object.entries(ANSWERS);
  const scenario = scenarioSchema.parse({
    format: 1,
    title: 'The Fetch standard, side by side',
    summary: 'Answers of all kinds, for the browser and for the playground.',
    gateway: { id: GATEWAY },
    origin: API,
    page: SHOP,
    aliases: [SHOP, FILES],
    network: { client: '1ms', upstream: '1ms' },
    routes: entries.map(([match, { fault, delay = 1, body = '' }]) => ({
      match,
      response: { delay: `${delay}ms`, ...(fault === undefined ? {} : { body }) },
      ...(fault === undefined ? {} : { fault }),
    })),
  });
  const packed = packKit(scenario, recordingsFor(GATEWAY));
  if ('documented' in packed) throw new Error('HAProxy is recorded, not documented.');
  const responses = packed.responses.map((response, index) => {
    const { status = 200, headers = [], body = '' } = entries[index]?.[1] ?? {};
    return { ...response, status, headers, body };
  });
  return { scenario, kit: { ...packed, responses } };
}
