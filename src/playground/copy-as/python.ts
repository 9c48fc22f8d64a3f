import type { ExchangeRequest, Header } from '../../gateway/exchange.ts';
import { headerValue } from '../../gateway/http-message.ts';
import { utf8Text } from '../byte-text.ts';
import { sentHeaders } from './sent-headers.ts';

/** Methods with a function of their own in requests. */
const FUNCTIONS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * A request as Python that sends it with requests. It sets a timeout, because without one requests waits forever.
 */
export function pythonProgram(request: ExchangeRequest): string {
  const { method, url, body } = request;
  const call = FUNCTIONS.includes(method) ? `${method.toLowerCase()}(` : `request(\n    ${literal(method)},`;
  const headers = joined(withoutDefaults(sentHeaders(request)));
  return [
    'import requests',
    '',
    `response = requests.${call}`,
    `    ${literal(url)},`,
    ...(headers.length === 0
      ? []
      : ['    headers={', ...headers.map(([name, value]) => `        ${literal(name)}: ${literal(value)},`), '    },']),
    ...(body === '' ? [] : [`    data=${bodyLiteral(body)},`]),
    '    timeout=30,',
    ')',
    'print(response.status_code, response.text)',
    '',
  ].join('\n');
}

/** What requests and the urllib3 below it write by themselves is not repeated where they have written it. */
function withoutDefaults(headers: readonly Header[]): readonly Header[] {
  if (!/^python-requests\/[\d.]+$/.test(headerValue(headers, 'user-agent') ?? '')) return headers;
  return headers.filter(([name, value]) => {
    const key = name.toLowerCase();
    return !(
      key === 'user-agent' ||
      (key === 'accept' && value === '*/*') ||
      (key === 'accept-encoding' && value.startsWith('gzip, deflate'))
    );
  });
}

/** requests takes a header once: values of the same name become one, as RFC 9110 section 5.3 allows. */
function joined(headers: readonly Header[]): Header[] {
  const values = new Map<string, { readonly name: string; readonly all: string[] }>();
  for (const [name, value] of headers) {
    const entry = values.get(name.toLowerCase()) ?? { name, all: [] };
    entry.all.push(value);
    values.set(name.toLowerCase(), entry);
  }
  return [...values.values()].map(({ name, all }) => [name, all.join(name.toLowerCase() === 'cookie' ? '; ' : ', ')]);
}

/** JSON's escapes mean the same to Python. */
const literal = (text: string): string => JSON.stringify(text);

function bodyLiteral(body: string): string {
  const text = utf8Text(body);
  // A bytes literal may hold ASCII only.
  if (text !== null && /[^\0-\x7f]/.test(text)) return `${literal(text)}.encode()`;
  return `b"${body.replace(/[^ -~]|["\\]/g, byteEscape)}"`;
}

const byteEscape = (char: string): string =>
  ({ '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' })[char] ??
  `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
