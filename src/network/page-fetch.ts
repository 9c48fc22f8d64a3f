import type { Play, Receiver } from './connection.ts';
import type { PageFetchNews, PageFetchOrder } from './page-fetch-protocol.ts';

/**
 * Plays exchanges through the page instead of in the guest: the page sends a request that the browser's developer tools
 * show, and the program gets what came of it. Needs a clock of real time.
 * @param port to the page
 */
export function playThroughPage(port: MessagePort): Play {
  const send: (order: PageFetchOrder) => void = port.postMessage.bind(port);
  const receivers = new Map<number, (news: PageFetchNews) => void>();
  port.onmessage = ({ data }: MessageEvent<PageFetchNews>) => receivers.get(data.id)?.(data);

  return ({ id, request, wire }, clock, receiver) => {
    const hear = (news: PageFetchNews): void => {
      // What was on its way when the program aborted is not heard any more.
      if (!receivers.has(id)) return;
      if (news.kind === 'end' || news.kind === 'fail') receivers.delete(id);
      deliver(news, receiver);
    };
    // By way of the clock: while the reader holds it, nothing arrives.
    receivers.set(id, (news) => void clock.setTimer(() => hear(news), 0));
    send({ kind: 'send', id, request, wire });
    return () => {
      if (receivers.delete(id)) send({ kind: 'stop', id });
    };
  };
}

function deliver(news: PageFetchNews, receiver: Receiver): void {
  switch (news.kind) {
    case 'head':
      return receiver.head(news.head);
    case 'body':
      return receiver.body(news.bytes);
    default:
      return receiver[news.kind]();
  }
}
