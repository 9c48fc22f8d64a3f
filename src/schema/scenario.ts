import './zod-without-code.ts';
import { z } from 'zod';
import { clientTroubleSchema } from './client-trouble.ts';
import { duration } from './duration.ts';
import { chaptersSchema, faultScheduleSchema } from './fault-schedule.ts';
import { ledgerSchema } from './ledger.ts';
import { loadSchema } from './load.ts';
import { systemSchema } from './system.ts';

/**
 * The file an author writes to say what breaks: `content/scenarios/<id>.yaml`, also what a share link carries.
 * It names a gateway, the routes behind it with the upstream's normal answers, and per route which fault strikes when.
 */

const GATEWAY = /^[a-z][a-z0-9-]*(@[\w.-]+)?$/;
const MATCH = /^([A-Z]+|\*) (\/\S*)$/;
const FAULT = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const headers = z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'is not a header name'), z.string());

const response = z.strictObject({
  status: z.int().min(200).max(999).default(200).describe('Status code that the upstream answers when it is well'),
  reason: z
    .string()
    .regex(/^[\x20-\x7e]*$/, 'must be plain ASCII')
    .optional()
    .describe('Reason phrase; the registered one when left out'),
  headers: headers.default({}).describe('Response headers, besides Content-Length which is added'),
  body: z
    .union([z.string(), z.json()])
    .default('')
    .describe('A text, or data that is sent as JSON with Content-Type: application/json'),
  bodyBase64: z
    .base64('must be Base64')
    .optional()
    .describe('The body in Base64, in place of body: bytes that no text can hold, such as those of gzip'),
  delay: duration.default(20).describe('How long the upstream works on the request'),
});

const route = z.strictObject({
  match: z
    .string()
    .regex(MATCH, 'must be a method (or *) and a path, such as "GET /orders/42" or "* /reports/*"')
    .describe('Method and path; a trailing * matches any rest'),
  response: response.prefault({}),
  fault: z.string().regex(FAULT, 'must be a fault id such as close-after-request').default('ok'),
  schedule: faultScheduleSchema.prefault({}).describe('When the fault strikes; always, when left out'),
  effect: z
    .string()
    .min(3)
    .max(60)
    .optional()
    .describe('What a request changes in the world when it is worked on, such as "order placed"; the ledger counts it'),
});

const origin = z.url({ protocol: /^https?$/, error: 'must be an origin such as https://api.example.com' });

export const scenarioSchema = z.strictObject({
  format: z.literal(1, 'must be 1, the version of the scenario format that this site reads'),
  title: z.string().min(5).max(80),
  summary: z.string().min(20).max(300).describe('One or two sentences a reader would recognize from work'),
  gateway: z
    .strictObject({
      id: z.string().regex(GATEWAY, 'must be a gateway id such as nginx or nginx@1.22'),
      connectTimeout: duration.default(60_000),
      readTimeout: duration.default(60_000),
      sendTimeout: duration.default(60_000),
    })
    .describe('Who answers, and its timers towards the upstream (nginx: 60 s each)'),
  origin: origin.default('https://api.example.com'),
  page: origin
    .optional()
    .describe('Origin of the page whose script calls the API; with another origin than the API, CORS is enforced'),
  aliases: z
    .array(origin)
    .max(10)
    .optional()
    .describe('Other origins under which the same gateway answers, such as https://www.example.com'),
  client: clientTroubleSchema.optional().describe('What keeps the client from reaching the gateway at all'),
  upstream: z.string().default('10.0.0.12:8080').describe('Address of the upstream, as the gateway logs it'),
  network: z
    .strictObject({ client: duration.default(12), upstream: duration.default(1) })
    .prefault({})
    .describe('One-way delay between client and gateway, and between gateway and upstream'),
  routes: z.array(route).min(1, 'needs at least one route'),
  system: systemSchema.optional().describe('Servers with workers and queues; without it the upstream has no limits'),
  chapters: chaptersSchema.default([]).describe('What happens when, such as a deploy at 5s and a brown-out at 20s'),
  ledger: ledgerSchema.prefault({}).describe('How the application treats idempotency keys'),
  load: loadSchema.optional().describe('Other clients that keep the upstream busy'),
  seed: z.int().min(0).default(502),
});

/** A scenario with every default filled in; durations in ms. */
export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioRoute = Scenario['routes'][number];
/** A scenario as its author writes it. */
export type ScenarioText = z.input<typeof scenarioSchema>;
