import type { Exchange } from '../gateway/exchange.ts';
import { exchangeCutter } from './cut-exchange.ts';
import type { Pace } from './pace.ts';
import type { GuestMessage } from './protocol.ts';

/** Tells the page of every request that leaves and of every exchange that is over, whatever the language; a step ends there. */
export function exchangePublisher(post: (message: GuestMessage) => void, pace: Pick<Pace, 'passed'>) {
  const cut = exchangeCutter();
  return {
    onRequested: ({ id, startedAt, request: { method, url } }: Exchange): void => {
      post({ kind: 'requested', id, at: startedAt, method, url: url.slice(0, 10_000) });
      pace.passed();
    },
    onExchanged: (exchange: Exchange): void => {
      post({ kind: 'exchanged', exchange: cut(exchange) });
      pace.passed();
    },
  };
}
