import type { Example } from '../doctor/page/doctor-data.ts';
import type { Exchange } from '../gateway/exchange.ts';
import { recordedClientWords } from './client-words.ts';
import { labExchange } from './lab-exchange.ts';

/** What `curl -v` prints of an exchange, sent with a token. */
function curlOutput({ request, client }: Exchange): string {
  const { host, pathname } = new URL(request.url);
  return [
    `$ curl -v -H 'Authorization: Bearer tok_5nXq2mVb81LdRk' ${request.url}`,
    `> ${request.method} ${pathname} HTTP/1.1`,
    `> Host: ${host}`,
    '> Authorization: Bearer tok_5nXq2mVb81LdRk',
    '>',
    `< HTTP/1.1 ${client.status ?? ''} ${client.reason}`,
    ...client.headers.map(([name, value]) => `< ${name}: ${value}`),
    '<',
    client.body,
  ].join('\n');
}

const logOf = ({ log }: Exchange): string => [...log.error, ...log.access].join('\n');

/** The last line of a traceback of Python's requests, with a reader's values in it. */
function tracebackOf(fault: string): string {
  const values: Readonly<Record<string, string>> = { host: 'api.example.com', port: '443', path: '/orders/42' };
  const words = recordedClientWords().words[fault]?.https?.requests ?? '';
  const error = words.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return `Traceback (most recent call last):\n  File "/app/client.py", line 7, in <module>\n    response = requests.get(url, timeout=10)\n${error}`;
}

/** Evidence to try, each piece from a recording of the lab. The last one is of the kind that decides nothing. */
export const doctorExamples = (): readonly Example[] => [
  { label: 'nginx log', text: logOf(labExchange({ gateway: 'nginx', fault: 'connect-refused' })) },
  { label: 'HAProxy log', text: logOf(labExchange({ gateway: 'haproxy', fault: 'close-after-request' })) },
  {
    label: 'curl -v and a log',
    text: [
      curlOutput(labExchange({ gateway: 'envoy', fault: 'tls-expired' })),
      logOf(labExchange({ gateway: 'envoy', fault: 'tls-expired' })),
    ].join('\n\n'),
  },
  { label: 'Python traceback', text: tracebackOf('connect-refused') },
  {
    label: 'Only an error page',
    text: labExchange({ gateway: 'nginx', fault: 'close-after-request' }).client.body.replaceAll('\r\n', '\n').trim(),
  },
];
