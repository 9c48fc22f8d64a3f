import { readFileSync } from 'node:fs';
import { scenarioSchema, type Scenario } from '../schema/scenario.ts';
import type { Exchange, ExchangeRequest, Header } from './exchange.ts';
import type { RecordingSet } from './recording.ts';
import { createGateway } from './simulate.ts';

/** Recordings of one version of one gateway, such as `nginx/1.22.1`. */
export const recordingsOf = (name: string): RecordingSet =>
  JSON.parse(readFileSync(`content/recordings/${name}.json`, 'utf8')) as RecordingSet;

const NGINX = recordingsOf('nginx/1.22.1');

/** A scenario as its author writes it, with one route for everything and a network that takes no time. */
export const scenarioOf = (written: object): Scenario =>
  scenarioSchema.parse({
    format: 1,
    title: 'A story under test',
    summary: 'Only for this test, with one route by default.',
    gateway: { id: 'nginx', readTimeout: '5s', connectTimeout: '2s' },
    network: { client: '0ms', upstream: '0ms' },
    routes: [{ match: '* /*' }],
    ...written,
  });

/** What is asked of it, and when (ms since the run began); a GET of `/` where nothing else is said. */
export interface Asked {
  readonly at: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: readonly Header[];
  readonly body?: string;
}

/** Plays a scenario: one exchange for each request, in order. */
export function play(
  written: object,
  asked: readonly Asked[],
  { seed, recordings = NGINX }: { readonly seed?: number; readonly recordings?: RecordingSet } = {},
): Exchange[] {
  const gateway = createGateway({ scenario: scenarioOf(written), recordings, ...(seed === undefined ? {} : { seed }) });
  return asked.map(({ at, method = 'GET', path = '/', headers = [], body = '' }) => {
    const request: ExchangeRequest = { method, url: `https://api.example.com${path}`, headers, body };
    return gateway.answer(request, at);
  });
}

/** A request every `stepMs`, `count` of them. */
export const every = (stepMs: number, count: number, more: Omit<Asked, 'at'> = {}): Asked[] =>
  Array.from({ length: count }, (_, index) => ({ ...more, at: index * stepMs }));

export const statuses = (exchanges: readonly Exchange[]): (number | null)[] =>
  exchanges.map(({ client }) => client.status);
