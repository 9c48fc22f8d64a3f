import type { Exchange, ExchangeRequest, Header } from '../gateway/exchange.ts';
import type { Gateway } from '../gateway/assemble.ts';
import type { Scenario, ScenarioRoute } from '../schema/scenario.ts';

/** A client that tries everything a scenario offers, for long enough to meet every chapter of it. */

/** Times between two requests, ms: at once, soon, and a little longer than the usual keep-alive timeout of five seconds. */
const PAUSES = [0, 40, 900, 2100, 5080] as const;

/** Two minutes of simulated time. */
const ROUNDS = 15;

/** A scenario with a hundred routes is left after this many requests, once each route was asked after each pause. */
const ENOUGH = 2000;

/** Before that, this many in a row, so that limits run out and rare faults strike. */
const OPENING = { requests: 250, everyMs: 10 } as const;

/** Sends requests to all routes in turn and returns what came of them, in order. */
export function askEverything(gateway: Gateway, scenario: Scenario): Exchange[] {
  const questions = scenario.routes.flatMap((route) => requestsTo(route, scenario.origin));
  const exchanges: Exchange[] = [];
  let at = 0;
  for (let index = 0; index < OPENING.requests; index++, at += OPENING.everyMs) {
    const question = questions[index % questions.length];
    if (question) exchanges.push(gateway.answer(question, at));
  }
  const rounds = Math.min(ROUNDS, Math.ceil(ENOUGH / (questions.length * PAUSES.length)));
  for (let round = 0; round < rounds; round++) {
    for (const pause of PAUSES) {
      at += pause;
      for (const question of questions) exchanges.push(gateway.answer(question, at));
    }
  }
  return exchanges;
}

/** A request without the headers that a schedule looks for, and one with them. */
function requestsTo({ match, schedule }: ScenarioRoute, origin: string): ExchangeRequest[] {
  const [method = 'GET', pattern = '/'] = match.split(' ');
  const paths = [pattern.replace('*', '1'), ...schedule.flatMap(({ path }) => (path ? [path.replace('*', '1')] : []))];
  const wanted: Header[] = schedule.flatMap(({ headers }) => Object.entries(headers ?? {}));
  const methods = method === '*' ? ['GET', 'POST'] : [method];
  return methods.flatMap((one) =>
    paths.flatMap((path) => {
      const plain: ExchangeRequest = {
        method: one,
        url: origin + path,
        headers: [['User-Agent', 'test/1']],
        body: one === 'POST' ? '{"sku":"mug-red"}' : '',
      };
      return wanted.length === 0 ? [plain] : [plain, { ...plain, headers: [...plain.headers, ...wanted] }];
    }),
  );
}
