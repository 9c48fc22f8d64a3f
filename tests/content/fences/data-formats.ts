import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { parseHead } from '../../../src/gateway/http-message.ts';
import { sample, type Validator } from './validator.ts';

/** What a parser throws, as text; empty when it throws nothing. */
function thrownBy(parse: () => void): string {
  try {
    parse();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const parsed = (
  accepts: string,
  langs: readonly string[],
  problem: (code: string) => string,
  rest: Pick<Validator, 'good' | 'mistakes'>,
): Validator => ({
  accepts,
  covers: ({ lang }) => langs.includes(lang),
  missing: () => null,
  problem: ({ code }) => problem(code),
  ...rest,
});

const json = parsed('it is JSON', ['json'], (code) => thrownBy(() => void JSON.parse(code)), {
  good: [sample('json', '{"status": 502}')],
  mistakes: [{ ...sample('json', "{'status': 502}"), says: /JSON/ }],
});

const jsonLines = parsed(
  'every line is JSON',
  ['jsonl', 'ndjson'],
  (code) => thrownBy(() => code.split('\n').forEach((line) => void JSON.parse(line))),
  {
    good: [sample('jsonl', '{"status": 502}\n{"status": 200}')],
    mistakes: [{ ...sample('jsonl', '{"status": 502}\n{'), says: /JSON/ }],
  },
);

const yaml = parsed(
  'it is YAML',
  ['yaml', 'yml'],
  (code) =>
    parseAllDocuments(code)
      .flatMap(({ errors }) => errors.map(({ message }) => message))
      .join('\n'),
  {
    good: [sample('yaml', 'a: 1\n---\nb: [2]\n')],
    mistakes: [
      { ...sample('yaml', 'a: 1\na: 2\n'), says: /keys must be unique/ },
      { ...sample('yaml', 'a: [1\n'), says: /./ },
    ],
  },
);

const toml = parsed('it is TOML', ['toml'], (code) => thrownBy(() => void parseToml(code)), {
  good: [sample('toml', '[tool.app]\ntimeout = 30\n')],
  mistakes: [{ ...sample('toml', '[tool.app\ntimeout = 30\n'), says: /TOML/ }],
});

/** `key = value` lines, sections and comments, every key once in its section. */
function keyValueProblem(code: string, comment: RegExp): string {
  const seen = new Set<string>();
  let section = '';
  return code
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line, index) => {
      const text = line.trim();
      if (text === '' || comment.test(text)) return [];
      const heading = /^\[([^\]]+)\]$/.exec(text)?.[1];
      if (heading !== undefined) {
        section = heading;
        return [];
      }
      const key = /^([^\s=:]+)\s*[=:]/.exec(text)?.[1];
      if (key === undefined) return [`line ${index + 1} is no "key = value": ${text}`];
      const name = `${section} ${key}`;
      if (seen.has(name)) return [`line ${index + 1} sets ${key} again`];
      seen.add(name);
      return [];
    })
    .join('\n');
}

const properties = parsed('it is a list of properties', ['properties'], (code) => keyValueProblem(code, /^[#!]/), {
  good: [sample('properties', '# Tomcat\nserver.tomcat.threads.max=200\nserver.tomcat.accept-count=100\n')],
  mistakes: [
    { ...sample('properties', 'server.tomcat.threads.max 200\n'), says: /line 1/ },
    { ...sample('properties', 'a.b=1\na.b=2\n'), says: /a\.b again/ },
  ],
});

const ini = parsed('it is an INI file', ['ini', 'conf'], (code) => keyValueProblem(code, /^[#;]/), {
  good: [sample('ini', '; PHP\nmax_execution_time = 30\n[opcache]\nopcache.enable = 1\n')],
  mistakes: [{ ...sample('ini', 'max_execution_time 30\n'), says: /line 1/ }],
});

const FIELD = /^[!#$%&'*+.^_`|~\w-]+:(?:[ \t].*)?$/;

/** HTTP messages as they travel: an empty line ends the head, and two empty lines end the message. */
function messageProblem(message: string): string {
  const [head = ''] = message.split('\n\n');
  const [first = '', ...fields] = head.split('\n');
  if (first.startsWith('HTTP/')) {
    const { kind } = parseHead(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`, 'GET');
    if (kind !== 'head') return `"${first}" does not start a response that a client can read`;
  } else if (!/^[A-Z]+ \S+ HTTP\/\d(?:\.\d)?$/.test(first)) {
    return `"${first}" is neither a request line nor a status line`;
  }
  return fields
    .filter((field) => !FIELD.test(field))
    .map((field) => `"${field}" is no header`)
    .join('\n');
}

const http = parsed(
  'it is an HTTP message',
  ['http'],
  (code) =>
    code
      .replaceAll('\r', '')
      .split(/\n{3,}|\n(?=HTTP\/)|\n\n(?=[A-Z]+ \S+ HTTP\/)/)
      .map((message) => messageProblem(message.trim()))
      .filter((problem) => problem !== '')
      .join('\n'),
  {
    good: [
      sample(
        'http',
        'GET /orders/42 HTTP/1.1\nHost: api.example.com\n\nHTTP/1.1 502 Bad Gateway\nContent-Length: 3\n\noh!',
      ),
      sample('http', 'HTTP/2 503\nretry-after: 120'),
    ],
    mistakes: [
      { ...sample('http', 'HTTP/1.1 Bad Gateway\nContent-Length: 0'), says: /does not start a response/ },
      { ...sample('http', 'GET /orders/42\nHost: api.example.com'), says: /neither a request line/ },
      { ...sample('http', 'GET / HTTP/1.1\nHost = api.example.com'), says: /is no header/ },
    ],
  },
);

/** Text in a format of its own, with nobody behind it who could be asked. */
export const dataValidators: readonly Validator[] = [json, jsonLines, yaml, toml, properties, ini, http];
