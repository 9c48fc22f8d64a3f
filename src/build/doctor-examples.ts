import type { Example } from '../doctor/page/doctor-data.ts';
import { clientWordsFor } from '../gateway/client-words.ts';
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

/** What Python prints when `requests` gets a body that breaks off: the line of the program, and the recorded last line. */
function traceback(exchange: Exchange): string {
  const says = clientWordsFor(exchange, recordedClientWords()).find(({ client }) => client === 'requests');
  if (!says) throw new Error('There are no recorded words of requests for a body that was cut.');
  return [
    'Traceback (most recent call last):',
    '  File "/srv/checkout/orders.py", line 31, in load_order',
    '    answer = session.get(f"{API}/orders/{number}", timeout=10)',
    says.text,
  ].join('\n');
}

/** What curl 7.88.1 printed when it asked a server whose certificate had expired; its last line is in the recordings. */
function curlTranscript(): string {
  const last = recordedClientWords().words['tls-expired']?.https?.curl;
  if (last === undefined) throw new Error('There are no recorded words of curl for an expired certificate.');
  return [
    '$ curl -v https://api.example.com/orders/42',
    '*   Trying 203.0.113.10:443...',
    '* Connected to api.example.com (203.0.113.10) port 443 (#0)',
    '* ALPN: offers h2,http/1.1',
    '* TLSv1.3 (OUT), TLS handshake, Client hello (1):',
    '* TLSv1.3 (IN), TLS handshake, Server hello (2):',
    '* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):',
    '* TLSv1.3 (IN), TLS handshake, Certificate (11):',
    '* TLSv1.3 (OUT), TLS alert, certificate expired (557):',
    '* SSL certificate problem: certificate has expired',
    '* Closing connection 0',
    last,
  ].join('\n');
}

/** Evidence to try, each piece from a recording of the lab. The last one is of the kind that decides nothing. */
export const doctorExamples = (): readonly Example[] => [
  { label: 'nginx log', text: logOf(labExchange({ gateway: 'nginx', fault: 'connect-refused' })) },
  { label: 'HAProxy log', text: logOf(labExchange({ gateway: 'haproxy', fault: 'close-after-request' })) },
  { label: 'Envoy access line', text: logOf(labExchange({ gateway: 'envoy', fault: 'read-timeout' })) },
  { label: 'Python traceback', text: traceback(labExchange({ gateway: 'nginx', fault: 'close-mid-body-cl' })) },
  { label: 'curl -v', text: curlTranscript() },
  {
    label: 'curl -v and a log',
    text: [
      curlOutput(labExchange({ gateway: 'nginx', fault: 'header-too-large' })),
      logOf(labExchange({ gateway: 'nginx', fault: 'header-too-large' })),
    ].join('\n\n'),
  },
  {
    label: 'Only an error page',
    text: labExchange({ gateway: 'nginx', fault: 'close-after-request' }).client.body.replaceAll('\r\n', '\n').trim(),
  },
];
