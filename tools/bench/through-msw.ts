import { loadScenario } from '../../src/build/scenarios.ts';
import { VirtualClock } from '../../src/gateway/clock.ts';
import { handlersFor } from '../../src/network/handlers.ts';
import { createTransfers } from '../../src/network/transfers.ts';
import { getResponse } from 'msw/utils/get-response';
import { measured, type Measured } from './measured.ts';
import { gatewayOf } from './simulator.ts';

/** Requests under way at the same time. */
const AT_ONCE = 50;

/** Asks MSW's handlers, reads the body, and lets simulated time pass whenever nothing else happens. */
export async function throughMsw(exchanges: number, collectGarbage: () => void): Promise<Measured> {
  const scenario = loadScenario('first-two-attempts-fail');
  const clock = new VirtualClock();
  const gateway = gatewayOf(scenario);
  const transfers = createTransfers({ gateway, clock, onExchanged: () => undefined });
  const handlers = handlersFor(gateway, transfers);
  const ask = async (): Promise<number> => {
    const response = await getResponse(handlers, new Request('https://api.example.com/orders/42'));
    return (await response?.text())?.length ?? 0;
  };
  return measured(exchanges, collectGarbage, async () => {
    let bytes = 0;
    for (let made = 0; made < exchanges; made += AT_ONCE) {
      let open = AT_ONCE;
      for (let one = 0; one < AT_ONCE; one++) {
        void ask().then((length) => {
          bytes += length;
          open--;
        });
      }
      while (open > 0) {
        await new Promise((resolve) => setImmediate(resolve));
        while (clock.fireNext());
      }
    }
    return { gateway, transfers, bytes };
  });
}
