import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { STATUS_CODES } from 'node:http';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadScenario, recordingsFor, scenarioIds } from '../../src/build/scenarios.ts';
import { exportScenario } from '../../src/exports/index.ts';
import { routeAnswers } from '../../src/exports/route-answers.ts';
import { toxiproxySchema } from '../../src/exports/toxiproxy.ts';
import { wireMockFileSchema } from '../../src/gateway/wiremock/wiremock-shape.ts';
import type { ClientView, Header } from '../../src/gateway/exchange.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import { isGatewayId } from '../../src/gateway/ids.ts';
import { createGateway } from '../../src/gateway/simulate.ts';
import type { RecordingSet } from '../../src/gateway/recording.ts';
import type { Scenario } from '../../src/schema/scenario.ts';
import { laboratory } from './answers.ts';
import { findProgram } from '../../tools/recorder/find-program.ts';

/** Inside the project, so that the handlers find its own msw. */
const FOLDER = path.resolve('.cache', `exports-${process.pid}`);
const ENVOY = [path.resolve('.cache/gateways/bin/envoy'), findProgram('envoy')].find(
  (file) => file !== null && fs.existsSync(file),
);

/** What a file of handlers and MSW's own entry give to a test. */
interface Handlers {
  readonly handlers: unknown[];
  readonly pace: { factor: number };
  readonly resetTurns: () => void;
  readonly getResponse: (handlers: unknown[], request: Request) => Promise<Response | undefined>;
}

afterAll(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

const recordingsOf = (scenario: Scenario): RecordingSet | null => {
  const [id = '', version = null] = scenario.gateway.id.split('@');
  try {
    return isGatewayId(id) ? recordingsFor(id, version) : null;
  } catch {
    return null;
  }
};

/** One route for every fault that nginx was recorded with. */
const nginxFaults = recordingsFor('nginx').recordings.map(({ fault }) => fault);
const catalog = laboratory(FAULTS.filter(({ id }) => nginxFaults.includes(id)));

const scenarios = [...scenarioIds().map((id) => [id, loadScenario(id)] as const), ['every-fault', catalog] as const];

for (const [id, scenario] of scenarios) {
  const recordings = recordingsOf(scenario);
  if (!recordings) {
    it.skip(`${id}: there are no recordings of ${scenario.gateway.id}`);
    continue;
  }
  describe(id, () => {
    it('runs as MSW handlers, and answers what the gateway answers', async () => {
      const { getResponse, handlers, pace } = await loadHandlers(id, exportScenario('msw', scenario, recordings).text);
      pace.factor = 0;
      const still = { ...scenario, system: undefined, load: undefined, chapters: [] };
      const gateway = createGateway({ scenario: still, recordings });
      for (const { route, struck, healthy, turns } of routeAnswers(scenario, recordings)) {
        const { method, url } = struck.request;
        for (let turn = 0; turn < 4; turn++) {
          // An earlier route may take the same request.
          if (gateway.match(struck.request) !== route) break;
          const simulated = gateway.answer(struck.request, 0).fault === 'ok' ? healthy : struck;
          // What MSW cannot follow, it says in its file, and strikes every request; a silence would never end.
          const expected = turns.kind === 'other' ? struck : simulated;
          const views = (turns.kind === 'dice' ? [struck, healthy] : [expected]).map(({ client }) => client);
          if (views.some(({ error }) => error === 'timeout')) break;
          const response = await getResponse(handlers, new Request(url, { method }));
          const got = response ? await seen(response) : 'not handled';
          expect(views.map(expectedFrom), `${route.match}, request ${turn + 1}`).toContainEqual(got);
        }
      }
    });

    it('is what WireMock and Toxiproxy document', () => {
      for (const [kind, schema] of [
        ['wiremock', wireMockFileSchema],
        ['toxiproxy', toxiproxySchema],
      ] as const) {
        expect(schema.safeParse(JSON.parse(exportScenario(kind, scenario, recordings).text)).error).toBeUndefined();
      }
    });

    it.skipIf(!ENVOY)('is a configuration that Envoy accepts', () => {
      fs.mkdirSync(FOLDER, { recursive: true });
      const file = path.join(FOLDER, `${id}.yaml`);
      fs.writeFileSync(file, exportScenario('envoy', scenario, recordings).text);
      const { status, stderr } = spawnSync(ENVOY ?? '', ['--mode', 'validate', '-c', file], { encoding: 'utf8' });
      expect(stderr).not.toContain('error initializing');
      expect(status).toBe(0);
    });
  });
}

if (!ENVOY) console.log('Envoy is not on PATH nor in .cache/gateways/bin, so its export is not validated.');

async function loadHandlers(id: string, text: string): Promise<Handlers> {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(path.join(FOLDER, `${id}.ts`), text);
  const entry = path.join(FOLDER, `${id}-run.ts`);
  fs.writeFileSync(entry, `export { getResponse } from 'msw';\nexport * from './${id}.ts';\n`);
  return (await import(/* @vite-ignore */ entry)) as Handlers;
}

/** A body that is null was cut. */
type Seen =
  | 'network error'
  | {
      readonly status: number;
      readonly reason: string;
      readonly headers: readonly Header[];
      readonly body: string | null;
    };

/** What a program gets from the mocked fetch. */
async function seen(response: Response): Promise<Seen> {
  if (response.type === 'error') return 'network error';
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer().then(
    (bytes) => Buffer.from(bytes).toString('latin1'),
    () => null,
  );
  return { status, reason: statusText, headers: [...headers].toSorted(), body };
}

function expectedFrom({ status, reason, headers, body, error }: ClientView): Seen {
  if (status === null || status < 200 || status > 599) return 'network error';
  const sent = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  // MSW puts the usual reason where there is none.
  return {
    status,
    reason: reason || (STATUS_CODES[status] ?? ''),
    headers: [...sent].toSorted(),
    body: error === null ? body : null,
  };
}
