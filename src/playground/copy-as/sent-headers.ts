import type { ExchangeRequest, Header } from '../../gateway/exchange.ts';
import { headerValue } from '../../gateway/http-message.ts';

/** Headers that belong to one connection or count the body: every client writes its own. */
const OF_THE_CLIENT = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/**
 * The headers of a request that a client has to be told about. Left out are those that it writes by itself, with the same
 * value: Host of the URL, the length of the body, and what concerns the connection only.
 */
export function sentHeaders({ headers, url, body }: ExchangeRequest): Header[] {
  const host = URL.canParse(url) ? new URL(url).host : '';
  return headers.filter(([name, value]) => {
    const key = name.toLowerCase();
    if (key === 'host') return value !== host;
    if (key === 'content-length') return value !== String(body.length);
    return !OF_THE_CLIENT.includes(key);
  });
}

/** Whether the request announced an empty body, as browsers do for a POST without one. */
export const announcesEmptyBody = ({ headers, body }: ExchangeRequest): boolean =>
  body === '' && headerValue(headers, 'content-length') === '0';
