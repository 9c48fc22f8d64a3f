import type { Example } from '../doctor/page/doctor-data.ts';
import type { Exchange } from '../gateway/exchange.ts';
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

/** Evidence to try, each piece from a recording of the lab. The last one is of the kind that decides nothing. */
export const doctorExamples = (): readonly Example[] => [
  { label: 'nginx log', text: logOf(labExchange({ gateway: 'nginx', fault: 'connect-refused' })) },
  { label: 'HAProxy log', text: logOf(labExchange({ gateway: 'haproxy', fault: 'close-after-request' })) },
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
