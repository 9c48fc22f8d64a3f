import type { Header, WireEvent } from '../../../src/gateway/exchange.ts';
import type { ServerScript, UpstreamResponse } from '../../../src/gateway/fault.ts';

/** The ways in which a model server fails behind an AI proxy. */
export interface ModelFault {
  readonly id: string;
  /** What the model server does. */
  readonly summary: string;
  readonly server: ServerScript;
  /** The client asks for server-sent events. */
  readonly stream?: true;
}

const json = (status: number, reason: string, body: object, ...headers: readonly Header[]): UpstreamResponse => ({
  status,
  reason,
  headers: [['Content-Type', 'application/json'], ...headers],
  body: JSON.stringify(body),
  delayMs: 0,
});

const openAiError = (message: string, type: string, code: string | null = null) => ({
  error: { message, type, param: null, code },
});

const html = (status: number, reason: string): UpstreamResponse => ({
  status,
  reason,
  headers: [
    ['Server', 'nginx'],
    ['Content-Type', 'text/html'],
  ],
  body: `<html><head><title>${status} ${reason}</title></head><body><h1>${status} ${reason}</h1></body></html>`,
  delayMs: 0,
});

const USAGE = { prompt_tokens: 9, completion_tokens: 5, total_tokens: 14 };

/** What the model says when it is well. */
const completion = (words: string) => ({
  id: 'chatcmpl-lab',
  object: 'chat.completion',
  created: 1_795_300_000,
  model: 'lab-model',
  choices: [{ index: 0, message: { role: 'assistant', content: words }, finish_reason: 'stop' }],
  usage: USAGE,
});

const answers = (response: UpstreamResponse): ServerScript => ({ kind: 'http', response });

const STREAM_HEAD = [
  'HTTP/1.1 200 OK',
  'Content-Type: text/event-stream',
  'Transfer-Encoding: chunked',
  'Connection: close',
  '',
  '',
].join('\r\n');
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const LAST_CHUNK = '0\r\n\r\n';

const delta = (change: object, finish: string | null = null) => ({
  id: 'chatcmpl-lab',
  object: 'chat.completion.chunk',
  created: 1_795_300_000,
  model: 'lab-model',
  choices: [{ index: 0, delta: change, finish_reason: finish }],
});
const sse = (data: object): string => chunk(`data: ${JSON.stringify(data)}\n\n`);
const FIRST = sse(delta({ role: 'assistant', content: '' }));
const token = (content: string): string => sse(delta({ content }));
const DONE = sse(delta({}, 'stop')) + chunk('data: [DONE]\n\n');

const bytes = (at: number, text: string): WireEvent => ({ at, kind: 'bytes', bytes: text });
const stream = (...events: readonly WireEvent[]): ServerScript => ({
  kind: 'tcp',
  after: 'request',
  play: () => events,
});
const plays = stream;

/** Head, then `Two`, ` plus` with a pause after each; what follows is the fault. */
const TWO_TOKENS = [bytes(0, STREAM_HEAD + FIRST), bytes(200, token('Two')), bytes(400, token(' plus'))] as const;

export const HEALTHY: ServerScript = answers(json(200, 'OK', completion('Four.')));
export const FALLBACK: ServerScript = answers(json(200, 'OK', completion('Four, says the fallback.')));
/** A fallback that streams. */
export const STREAMING_FALLBACK: ServerScript = stream(
  bytes(0, STREAM_HEAD + FIRST + token('Four, says the fallback.') + DONE + LAST_CHUNK),
  { at: 0, kind: 'close' },
);

const BODY = JSON.stringify(completion('Four.'));

export const MODEL_FAULTS: readonly ModelFault[] = [
  { id: 'ok', summary: 'answers', server: HEALTHY },
  { id: 'connect-refused', summary: 'is not running: nothing listens on its port', server: { kind: 'closed' } },
  { id: 'connect-timeout', summary: 'gets no connection: packets to it are dropped', server: { kind: 'blackhole' } },
  {
    id: 'dns-nxdomain',
    summary: 'has a name that does not exist',
    server: { kind: 'unresolvable', rcode: 'nxdomain' },
  },
  {
    id: 'close-after-request',
    summary: 'reads the request and closes without a byte',
    server: plays({ at: 0, kind: 'close' }),
  },
  {
    id: 'rst-after-request',
    summary: 'reads the request and resets the connection',
    server: plays({ at: 0, kind: 'reset' }),
  },
  { id: 'read-timeout', summary: 'reads the request and never answers', server: plays({ at: 0, kind: 'stall' }) },
  {
    id: 'status-500',
    summary: 'answers 500 with a JSON error',
    server: answers(
      json(
        500,
        'Internal Server Error',
        openAiError('The server had an error processing your request.', 'server_error'),
      ),
    ),
  },
  {
    id: 'html-502',
    summary: 'stands behind nginx, which answers 502 with its HTML page',
    server: answers(html(502, 'Bad Gateway')),
  },
  {
    id: 'status-503',
    summary: 'answers 503 with a JSON error and Retry-After: 1',
    server: answers(
      json(503, 'Service Unavailable', openAiError('The engine is currently overloaded.', 'server_error'), [
        'Retry-After',
        '1',
      ]),
    ),
  },
  {
    id: 'html-504',
    summary: 'stands behind nginx, which answers 504 with its HTML page',
    server: answers(html(504, 'Gateway Time-out')),
  },
  {
    id: 'status-529',
    summary: 'answers 529, overloaded',
    server: answers(json(529, 'Site is overloaded', openAiError('Overloaded', 'overloaded_error'))),
  },
  {
    id: 'status-429',
    summary: 'answers 429 without Retry-After',
    server: answers(
      json(
        429,
        'Too Many Requests',
        openAiError('Rate limit reached on tokens per min (TPM): Limit 30000.', 'tokens', 'rate_limit_exceeded'),
      ),
    ),
  },
  {
    id: 'status-429-retry-after',
    summary: 'answers 429 with Retry-After: 1',
    server: answers(
      json(
        429,
        'Too Many Requests',
        openAiError('Rate limit reached on tokens per min (TPM): Limit 30000.', 'tokens', 'rate_limit_exceeded'),
        ['Retry-After', '1'],
        ['x-ratelimit-remaining-tokens', '0'],
      ),
    ),
  },
  {
    id: 'context-length-400',
    summary: 'answers 400: the prompt is longer than the context window',
    server: answers(
      json(
        400,
        'Bad Request',
        openAiError(
          "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
          'invalid_request_error',
          'context_length_exceeded',
        ),
      ),
    ),
  },
  {
    id: 'wrong-key-401',
    summary: 'answers 401: the key that the proxy holds is wrong',
    server: answers(
      json(401, 'Unauthorized', openAiError('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key')),
    ),
  },
  {
    id: 'too-large-413',
    summary: 'stands behind nginx, which answers 413 with its HTML page',
    server: answers(html(413, 'Request Entity Too Large')),
  },
  {
    id: 'invalid-json',
    summary: 'answers 200 with half a JSON body of the announced length',
    server: answers({ ...json(200, 'OK', {}), body: BODY.slice(0, 120) }),
  },
  {
    id: 'html-200',
    summary: 'answers 200 with a sign-in page',
    server: answers({ ...html(200, 'OK'), body: '<!doctype html><title>Sign in</title>' }),
  },
  {
    id: 'cut-body',
    summary: 'announces a body and closes after a part of it',
    server: plays(
      bytes(
        0,
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY.slice(0, 120)}`,
      ),
      { at: 100, kind: 'close' },
    ),
  },
  {
    id: 'stream-ok',
    summary: 'streams its answer to the end',
    stream: true,
    server: stream(...TWO_TOKENS, bytes(600, token(' two is four.') + DONE + LAST_CHUNK), { at: 600, kind: 'close' }),
  },
  {
    id: 'stream-500',
    summary: 'answers 500 before the stream begins',
    stream: true,
    server: answers(
      json(
        500,
        'Internal Server Error',
        openAiError('The server had an error processing your request.', 'server_error'),
      ),
    ),
  },
  {
    id: 'stream-cut',
    summary: 'streams two tokens and closes in the middle',
    stream: true,
    server: stream(...TWO_TOKENS, { at: 600, kind: 'close' }),
  },
  {
    id: 'stream-reset',
    summary: 'streams two tokens, then resets the connection',
    stream: true,
    server: stream(...TWO_TOKENS, { at: 600, kind: 'reset' }),
  },
  {
    id: 'stream-ends-early',
    summary: 'streams two tokens and ends the message in good order, with no finish_reason and no [DONE]',
    stream: true,
    server: stream(...TWO_TOKENS, bytes(600, LAST_CHUNK), { at: 600, kind: 'close' }),
  },
  {
    id: 'stream-cut-before-token',
    summary: 'sends the head of a stream and closes before the first token',
    stream: true,
    server: stream(bytes(0, STREAM_HEAD), { at: 300, kind: 'close' }),
  },
  {
    id: 'stream-stalls',
    summary: 'streams two tokens, then nothing more',
    stream: true,
    server: stream(...TWO_TOKENS, { at: 600, kind: 'stall' }),
  },
  {
    id: 'stream-stalls-before-token',
    summary: 'sends the head of a stream, then nothing more',
    stream: true,
    server: stream(bytes(0, STREAM_HEAD), { at: 0, kind: 'stall' }),
  },
  {
    id: 'stream-error-event',
    summary: 'streams two tokens, then an error as an event of the stream',
    stream: true,
    server: stream(...TWO_TOKENS, bytes(600, sse(openAiError('Overloaded', 'overloaded_error')) + LAST_CHUNK), {
      at: 600,
      kind: 'close',
    }),
  },
];

/** Faults that are recorded with retries too, and with a fallback. */
export const RETRIED: readonly string[] = [
  ...['connect-refused', 'close-after-request', 'read-timeout', 'status-500', 'html-502', 'status-503', 'status-529'],
  ...['status-429', 'status-429-retry-after', 'context-length-400', 'wrong-key-401', 'invalid-json'],
  ...['stream-500', 'stream-cut', 'stream-cut-before-token', 'stream-stalls'],
];
export const FALLEN_BACK: readonly string[] = [
  ...['connect-refused', 'read-timeout', 'status-500', 'status-529', 'status-429', 'context-length-400'],
  ...['wrong-key-401', 'invalid-json', 'stream-cut', 'stream-cut-before-token', 'stream-stalls'],
];

/** The fault with this id. Throws where there is none. */
export function modelFault(id: string): ModelFault {
  const fault = MODEL_FAULTS.find((known) => known.id === id);
  if (!fault) throw new Error(`There is no fault "${id}" of a model server.`);
  return fault;
}
