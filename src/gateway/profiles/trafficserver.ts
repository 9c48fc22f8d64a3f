import type { Header } from '../exchange.ts';
import { headerValue, type ResponseHead } from '../http-message.ts';
import type { Profile } from '../profile.ts';
import { framingOf, withoutFraming } from './framing.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { TRAFFICSERVER_VOLATILE } from './trafficserver-volatile.ts';

/**
 * The letters in brackets at the end of Via (insert_response_via_str 3): what it made of the request and of the answer.
 * With the cache off they tell 200 and 304 from all other statuses. Measured: Traffic Server 9.2.9 was given every status
 * from 200 to 599.
 */
function viaCodes(status: number): string {
  if (status === 200) return 'uSc sSf pSeN:tOc  p sS';
  return status === 304 ? 'uSc sNf pNeN:tOc  p sS' : 'uSc s f p eN:tOc  p sS';
}

/** Apache Traffic Server as a reverse proxy, its cache off. */
export const trafficserver: Profile = {
  id: 'trafficserver',
  waitsForNobody: true,
  volatile: TRAFFICSERVER_VOLATILE,
  passOn: (head, program, { secure = false }) => {
    const via = viaOf(head, program, secure);
    return {
      ...head,
      version: 'HTTP/1.1',
      reason: head.reason ?? '',
      headers: [...kept(head, program, via), ...added(head, program, via)],
    };
  },
  passedOnLog: [
    { name: 'status', in: 'access', find: /(?<= [A-Z_]+\/)\d{3}(?= \d+ )/g, fill: ({ status }) => String(status) },
    {
      name: 'bytes',
      in: 'access',
      find: /(?<=\/\d{3} )\d+(?= \S+ https?:)/g,
      fill: ({ sentBytes }) => String(sentBytes),
    },
    { name: 'upstream-status', in: 'access', find: /(?<= sssc=)\d{3}(?= )/g, fill: ({ status }) => String(status) },
  ],
  verdict: ([error = ''], [access = '']) => {
    const said = /connection_result=(.*?) error=/.exec(error)?.[1];
    const [, result, ends] = / ([A-Z_]+\/\d{3}) .* (sssc=\d+ pfsc=\w+)/.exec(access) ?? [];
    if (result === undefined || result.startsWith('TCP_')) return null;
    return [`${result} ${ends ?? ''}`, said].filter((part) => part !== undefined).join(', ');
  },
};

/** It names the protocol by which the answer came. */
const viaOf = ({ status }: ResponseHead, program: string, secure: boolean): string =>
  `${secure ? 'https' : 'http'}/1.1 traffic_server (ApacheTrafficServer/${program.split('/')[1] ?? ''} [${viaCodes(status)}])`;

/** The upstream's headers in their order, with the gateway's name in the place of Server and behind that of Via. */
function kept(head: ResponseHead, program: string, via: string): Header[] {
  const headers: Header[] = [];
  for (const [name, value] of withoutHopByHop(withoutFraming(head))) {
    const known = name.toLowerCase();
    if (known === 'content-length' && headerValue(headers, name) === value) continue;
    if (known === 'server') headers.push([name, program]);
    else headers.push([name, known === 'via' ? `${value}, ${via}` : value]);
  }
  return headers;
}

/** What the upstream left out, in the order in which Traffic Server adds it. */
function added(head: ResponseHead, program: string, via: string): Header[] {
  const framing = framingOf(head);
  const date: Header = ['Date', '{{date}}'];
  const age: Header = ['Age', '{{age}}'];
  const own: Header[] = [
    // It asks itself how old a 500 is before it asks when.
    ...(head.status === 500 ? [age, date] : [date, age]),
    // Whatever has no length is sent in chunks, whether it came so or not.
    ...(head.status >= 200 && (framing === 'chunked' || framing === 'close')
      ? [['Transfer-Encoding', 'chunked'] as const]
      : []),
    ['Connection', 'keep-alive'],
    ['Via', via],
    ['Server', program],
  ];
  return own.filter(
    ([name]) => headerValue(head.headers, name) === null || /^(?:transfer-encoding|connection)$/i.test(name),
  );
}
