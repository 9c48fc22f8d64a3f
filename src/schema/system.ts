import { z } from 'zod';
import { duration } from './duration.ts';

/**
 * The upstream as a system: servers with workers and queues, and what the gateway has in front of them. Scenarios write
 * it in YAML; what comes out has every default filled in and all durations in ms.
 */

const share = (what: string) =>
  z.number(`${what} must be a number from 0 to 1`).min(0, `${what} is at least 0`).max(1, `${what} is at most 1`);

const factor = (what: string) =>
  z.number(`${what} must be a factor such as 4`).min(0, `${what} is at least 0`).max(1000, `${what} is at most 1000`);

const count = (what: string, min: number, max: number) =>
  z
    .int(`${what} must be a whole number`)
    .min(min, `${what} is at least ${min}`)
    .max(max, `${what} is at most ${max}: memory is bounded`);

const percentiles = z
  .record(
    z.string().regex(/^p\d{1,2}(\.\d+)?$|^p100$/),
    duration.refine((ms) => ms > 0, 'a percentile must be longer than 0ms'),
    'percentiles must be named like p50, p99 or p99.9, each with a duration',
  )
  .transform((given) =>
    Object.entries(given)
      .map(([name, ms]) => ({ share: Number(name.slice(1)) / 100, ms }))
      .sort((a, b) => a.share - b.share),
  )
  .refine((points) => points.length >= 2, 'percentiles needs at least two, such as p50 and p99')
  .refine(
    (points) => points.every(({ ms }, index) => ms >= (points[index - 1]?.ms ?? 0)),
    'percentiles must not fall: a higher percentile cannot be shorter than a lower one',
  );

const serviceFields = z.strictObject(
  {
    fixed: duration.optional(),
    uniform: z
      .tuple([duration, duration], 'uniform is a pair, such as [20ms, 60ms]')
      .refine(([min, max]) => min <= max, 'uniform starts with the shorter time')
      .optional(),
    exponential: duration.optional().describe('Mean; the classic of queueing theory'),
    lognormal: z
      .strictObject({
        median: duration,
        sigma: z
          .number('sigma must be a number such as 0.5')
          .min(0, 'sigma is at least 0')
          .max(5, 'sigma is at most 5'),
        max: duration.optional(),
      })
      .optional()
      .describe('Median and sigma, as WireMock names them; sigma 0.3 is tame, 1 has a long tail; nothing above max'),
    percentiles: percentiles.optional(),
  },
  'service must be a duration such as 40ms, or one of fixed, uniform, exponential, lognormal and percentiles',
);

/** How long one request keeps a worker busy: `40ms`, or one of the distributions. */
export const serviceTimeSchema = z
  .preprocess((value) => (typeof value === 'string' ? { fixed: value } : value), serviceFields)
  .refine(
    (value) => Object.keys(value).length === 1,
    'service takes exactly one of fixed, uniform, exponential, lognormal and percentiles',
  )
  .describe('Time a worker needs for one request');

const stop = z
  .strictObject({
    at: duration,
    how: z
      .enum(['crash', 'drain'], 'how must be crash (killed at once) or drain (may finish what it has)')
      .default('crash'),
    grace: duration.default(10_000).describe('Drain: how long it may finish before it is killed'),
    draining: z
      .enum(['refuse', 'close'], 'draining must be refuse (stops listening) or close (answers with Connection: close)')
      .default('refuse'),
    restartAfter: duration
      .optional()
      .describe('Time from the end of the process to the next start; never, if left out'),
  })
  .describe('An end of the process at a known time');

const slowSpan = z
  .strictObject({ from: duration, to: duration, factor: factor('factor') })
  .refine(({ from, to }) => from < to, 'a span ends after it begins: from must be earlier than to');

export const serverSchema = z.strictObject({
  address: z.string().default('10.0.0.12:8080').describe('host:port, as the gateway logs it'),
  weight: count('weight', 1, 100).default(1),
  workers: count('workers', 1, 10_000).default(4).describe('Requests that are worked on at the same time'),
  queue: count('queue', 0, 1_000_000).default(128).describe('Accepted requests that may wait for a worker'),
  whenFull: z
    .enum(
      ['refuse', 'reset', 'drop', 'shed'],
      'whenFull must be refuse (RST to the SYN), reset (RST after the handshake), drop (SYN dropped) or shed (503)',
    )
    .default('drop')
    .describe(
      'What meets a request that finds the queue full; Linux drops the SYN unless tcp_abort_on_overflow is set',
    ),
  retryAfter: duration.optional().describe('Retry-After that a 503 of the application carries'),
  service: serviceTimeSchema.prefault('20ms'),
  slowdown: z
    .strictObject({
      above: count('above', 0, 1_000_000).default(1).describe('Requests in the server that cost nothing extra'),
      perRequest: factor('perRequest').describe('Added to the factor for each one more'),
      max: z.number().min(1, 'max is at least 1').max(1000, 'max is at most 1000').default(20),
    })
    .optional()
    .describe('Service gets slower with the number of requests in the server: locks, swapping, garbage collection'),
  slowSpans: z.array(slowSpan).max(1000).default([]).describe('Brown-outs: service that begins in a span takes longer'),
  startsAt: duration
    .optional()
    .describe('When the process is first started; running and warm from the beginning, if left out'),
  startup: z
    .strictObject({
      takes: duration.default(0),
      until: z
        .enum(
          ['refuse', '503', 'wait'],
          'until must be refuse (not listening), 503 (not ready) or wait (accepts, works later)',
        )
        .default('refuse'),
      cold: duration.default(0).describe('How long it stays slow after it is ready'),
      coldFactor: factor('coldFactor').default(4),
    })
    .prefault({}),
  stops: z.array(stop).max(1000).default([]),
  workerTimeout: duration.optional().describe('A worker busy for longer is killed, as gunicorn --timeout does'),
  abandoned: z
    .enum(
      ['finish', 'skip', 'stop'],
      'abandoned must be finish, skip (does not begin) or stop (does not begin, and breaks off)',
    )
    .default('finish')
    .describe('What the server does with a request whose gateway has gone: most finish it, for nobody'),
  keepAlive: z
    .strictObject({
      timeout: duration.default(5000).describe("Node's server: 5 s; gunicorn: 2 s"),
      lag: duration.default(0).describe('Time between the timer running out and the close'),
      requests: count('requests', 1, 1_000_000_000)
        .optional()
        .describe('Requests on one connection before the server closes it'),
    })
    .prefault({})
    .describe('How long the server keeps an idle connection'),
});

const RETRY_ON = ['error', 'timeout', 'race', 'http-503'] as const;

export const balancerSchema = z.strictObject({
  policy: z
    .enum(['round-robin', 'least-connections', 'random'], 'policy must be round-robin, least-connections or random')
    .default('round-robin'),
  passive: z
    .strictObject({ maxFails: count('maxFails', 0, 1_000_000).default(1), failTimeout: duration.default(10_000) })
    .prefault({})
    .describe(
      "nginx's max_fails and fail_timeout; with one server nginx ignores them, and so does this; 0 turns it off",
    ),
  active: z
    .strictObject({
      interval: duration.refine((ms) => ms >= 100, 'interval is at least 100ms').default(5000),
      timeout: duration.default(1000),
      rise: count('rise', 1, 100).default(2),
      fall: count('fall', 1, 100).default(3),
    })
    .optional()
    .describe('Health checks that wait in the same queue as everybody'),
  panicBelow: share('panicBelow')
    .default(0)
    .describe('When a smaller share of the servers is healthy, all are used; Envoy: 0.5'),
  retries: z
    .strictObject({
      on: z.array(z.enum(RETRY_ON, `on may list ${RETRY_ON.join(', ')}`)).default(['error', 'timeout']),
      tries: count('tries', 1, 64).optional().describe('Attempts in all; every server once, if left out'),
      within: duration.optional().describe('No new attempt after this time'),
      nonIdempotent: z.boolean().default(false).describe('Also send a POST again that a server may have seen'),
    })
    .prefault({})
    .describe("nginx's proxy_next_upstream: each server is tried once"),
});

export const poolSchema = z
  .strictObject({
    idle: count('idle', 1, 10_000).default(32).describe('Idle connections kept for each server'),
    timeout: duration.default(60_000).describe('How long the gateway keeps one idle'),
  })
  .describe("The gateway's connections that it keeps for reuse");

export const circuitSchema = z
  .strictObject({
    connections: count('connections', 1, 1_000_000).default(1024),
    pending: count('pending', 0, 1_000_000).default(1024),
    retries: count('retries', 0, 1_000_000).default(3),
  })
  .describe("Envoy's circuit breaker: connections, requests that wait for one, and retries at the same time");

export const outlierSchema = z
  .strictObject({
    consecutive: count('consecutive', 1, 1_000_000).default(5).describe('Failures in a row before a server is ejected'),
    baseEjection: duration.default(30_000),
    maxEjection: duration.default(300_000),
    maxShare: share('maxShare').default(0.1).describe('Share of the servers that may be out; one always may'),
    interval: duration.refine((ms) => ms >= 1, 'interval is at least 1ms').default(10_000),
  })
  .describe("Envoy's outlier detection");

const retryAfterForm = z
  .enum(['seconds', 'date', 'junk', 'none'], 'retryAfter must be seconds, date, junk or none')
  .default('seconds');

export const rateLimitSchema = z
  .strictObject({
    bucket: z
      .strictObject({
        perSecond: z.number('perSecond must be a number').positive('perSecond must be above 0').max(1_000_000_000),
        burst: count('burst', 1, 1_000_000_000),
      })
      .optional(),
    window: z
      .strictObject({
        limit: count('limit', 0, 1_000_000_000),
        every: duration.refine((ms) => ms >= 1, 'every is at least 1ms'),
      })
      .optional(),
    status: z.literal([429, 503], 'status must be 429 or 503').default(429),
    by: z
      .string()
      .optional()
      .describe('Request header whose value is the client, such as Authorization; all share, if left out'),
    retryAfter: retryAfterForm,
    headers: z
      .enum(['draft', 'x', 'none'], 'headers must be draft (RateLimit, RateLimit-Policy), x (X-RateLimit-…) or none')
      .default('none'),
  })
  .refine(
    ({ bucket, window }) => (bucket === undefined) !== (window === undefined),
    'rateLimit takes exactly one of: bucket, window',
  );

const maintenanceSchema = z
  .strictObject({ from: duration, to: duration, retryAfter: retryAfterForm })
  .refine(({ from, to }) => from < to, 'a maintenance ends after it begins: from must be earlier than to');

export const systemSchema = z.strictObject({
  servers: z.array(serverSchema).min(1, 'needs at least one server').max(64, 'has at most 64 servers').prefault([{}]),
  balancer: balancerSchema.prefault({}),
  pool: poolSchema.optional(),
  circuit: circuitSchema.optional(),
  outlier: outlierSchema.optional(),
  rateLimit: rateLimitSchema.optional(),
  maintenance: z.array(maintenanceSchema).max(1000).default([]),
});

export type ServiceTime = z.output<typeof serviceTimeSchema>;
export type ServerSettings = z.output<typeof serverSchema>;
export type BalancerSettings = z.output<typeof balancerSchema>;
export type PoolSettings = z.output<typeof poolSchema>;
export type CircuitSettings = z.output<typeof circuitSchema>;
export type OutlierSettings = z.output<typeof outlierSchema>;
export type RateLimitSettings = z.output<typeof rateLimitSchema>;
export type SystemSettings = z.output<typeof systemSchema>;
