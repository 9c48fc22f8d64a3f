import type { ExchangeRequest, Header } from '../../gateway/exchange.ts';
import { headerValue } from '../../gateway/http-message.ts';
import { base64, utf8Text } from '../byte-text.ts';
import { sentHeaders } from './sent-headers.ts';

/**
 * A request as JavaScript that sends it with `fetch`: a module for browsers and for Node 18 or newer. What fetch refuses to
 * do is said in a comment.
 */
export function fetchProgram(request: ExchangeRequest): string {
  const { method, url, body } = request;
  const headers = sentHeaders(request);
  const bodyAllowed = method !== 'GET' && method !== 'HEAD';
  const options = [
    ...(method === 'GET' ? [] : [`  method: ${JSON.stringify(method)},`]),
    ...(headers.length === 0 ? [] : [`  headers: ${headersLiteral(headers)},`]),
    ...(body === '' || !bodyAllowed ? [] : [`  body: ${bodyLiteral(request)},`]),
  ];
  const call = options.length === 0 ? '' : `, {\n${options.join('\n')}\n}`;
  return [
    ...(body !== '' && !bodyAllowed
      ? [`// fetch() sends no body with ${method}: ${body.length} bytes are left out.`]
      : []),
    ...(/^(?:connect|trace|track)$/i.test(method) ? [`// fetch() refuses the method ${method}.`] : []),
    `const response = await fetch(${JSON.stringify(url)}${call});`,
    'console.log(response.status, await response.text());',
    '',
  ].join('\n');
}

/** An object, or a list of pairs where a name occurs twice. */
function headersLiteral(headers: readonly Header[]): string {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  // As a literal, `__proto__` would set the prototype.
  const [open, line, close] =
    names.size === headers.length && !names.has('__proto__')
      ? ['{', ([name, value]: Header) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`, '  }']
      : ['[', ([name, value]: Header) => `    [${JSON.stringify(name)}, ${JSON.stringify(value)}],`, '  ]'];
  return [open, ...headers.map(line), close].join('\n');
}

/** Text stays text; fetch would name its type unless the request does. */
function bodyLiteral({ headers, body }: ExchangeRequest): string {
  const text = utf8Text(body);
  if (text === null) return `Uint8Array.from(atob("${base64(body)}"), (char) => char.charCodeAt(0))`;
  const literal = JSON.stringify(text);
  return headerValue(headers, 'Content-Type') === null ? `new TextEncoder().encode(${literal})` : literal;
}
