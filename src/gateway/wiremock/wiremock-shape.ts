import { z } from 'zod';

/** The part of WireMock's stub mappings that exports use and imports understand (wiremock.org/docs/stubbing). */

export const WIREMOCK_FAULTS = [
  'EMPTY_RESPONSE',
  'CONNECTION_RESET_BY_PEER',
  'MALFORMED_RESPONSE_CHUNK',
  'RANDOM_DATA_THEN_CLOSE',
] as const;
export type WireMockFault = (typeof WIREMOCK_FAULTS)[number];

const request = z.strictObject({
  method: z.string(),
  url: z.string().startsWith('/').optional(),
  urlPath: z.string().startsWith('/').optional(),
  urlPathPattern: z.string().startsWith('/').optional(),
});

const response = z.strictObject({
  status: z.int().min(100).max(999).optional(),
  statusMessage: z.string().optional(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  body: z.string().optional(),
  jsonBody: z.json().optional(),
  base64Body: z.base64().optional(),
  fixedDelayMilliseconds: z.int().min(0).optional(),
  fault: z.enum(WIREMOCK_FAULTS).optional(),
});

export const wireMockMappingSchema = z.strictObject({
  id: z.uuid().optional(),
  uuid: z.uuid().optional(),
  name: z.string().optional(),
  priority: z.int().min(1).optional(),
  persistent: z.boolean().optional(),
  request,
  response,
  scenarioName: z.string().min(1).optional(),
  requiredScenarioState: z.string().min(1).optional(),
  newScenarioState: z.string().min(1).optional(),
  metadata: z.record(z.string(), z.json()).optional(),
});

/** A file as `POST /__admin/mappings/import` takes it, and as `mappings/*.json` may be. */
export const wireMockFileSchema = z.strictObject({
  mappings: z.array(wireMockMappingSchema),
  meta: z.strictObject({ total: z.int().min(0) }).optional(),
});

export type WireMockMapping = z.output<typeof wireMockMappingSchema>;
export type WireMockFile = z.output<typeof wireMockFileSchema>;
