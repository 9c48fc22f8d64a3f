import { Ajv, type AnySchemaObject } from 'ajv';
import { parse as parseYaml } from 'yaml';
import { sample, titleOf, type Validator } from './validator.ts';

const text = { type: 'string' };
const flag = { type: 'boolean' };
const texts = { type: 'array', items: text };
/** Timeouts are whole milliseconds; zero is refused. */
const milliseconds = { type: 'integer', minimum: 1, maximum: 2 ** 31 - 2 };
const count = { type: 'integer', minimum: 0, maximum: 255 };
const seconds = { type: 'number', minimum: 0, maximum: 65_535 };
const statuses = { type: 'array', items: { type: 'integer', minimum: 100, maximum: 999 } };
const port = { type: 'integer', minimum: 0, maximum: 65_535 };

const entity = (properties: AnySchemaObject, required: readonly string[] = []): AnySchemaObject => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties: { id: text, name: text, tags: texts, ...properties },
});
const record = (properties: AnySchemaObject): AnySchemaObject => ({
  type: 'object',
  additionalProperties: false,
  properties,
});
const listOf = (items: AnySchemaObject): AnySchemaObject => ({ type: 'array', items });

const plugin = entity(
  { config: { type: 'object' }, enabled: flag, instance_name: text, protocols: texts, service: text, route: text },
  ['name'],
);
const route = entity({
  protocols: texts,
  methods: texts,
  hosts: texts,
  paths: texts,
  headers: { type: 'object', additionalProperties: texts },
  https_redirect_status_code: { enum: [426, 301, 302, 307, 308] },
  regex_priority: { type: 'integer' },
  strip_path: flag,
  path_handling: { enum: ['v0', 'v1'] },
  preserve_host: flag,
  request_buffering: flag,
  response_buffering: flag,
  snis: texts,
  service: text,
  plugins: listOf(plugin),
});
const service = entity({
  url: text,
  protocol: { enum: ['http', 'https', 'grpc', 'grpcs', 'tcp', 'tls', 'udp', 'ws', 'wss'] },
  host: text,
  port,
  path: text,
  retries: { type: 'integer', minimum: 0, maximum: 32_767 },
  connect_timeout: milliseconds,
  write_timeout: milliseconds,
  read_timeout: milliseconds,
  enabled: flag,
  tls_verify: flag,
  tls_verify_depth: { type: 'integer', minimum: 0, maximum: 64 },
  ca_certificates: texts,
  routes: listOf(route),
  plugins: listOf(plugin),
});
const healthy = { http_statuses: statuses, successes: count };
const unhealthy = { http_statuses: statuses, tcp_failures: count, timeouts: count, http_failures: count };
const checkType = { enum: ['tcp', 'http', 'https', 'grpc', 'grpcs'] };
const upstream = entity(
  {
    algorithm: { enum: ['round-robin', 'consistent-hashing', 'least-connections', 'latency', 'sticky-sessions'] },
    slots: { type: 'integer', minimum: 10, maximum: 65_536 },
    host_header: text,
    targets: listOf(entity({ target: text, weight: { type: 'integer', minimum: 0, maximum: 65_535 } }, ['target'])),
    healthchecks: record({
      threshold: { type: 'number', minimum: 0, maximum: 100 },
      active: record({
        type: checkType,
        timeout: seconds,
        concurrency: { type: 'integer', minimum: 1 },
        http_path: text,
        https_sni: text,
        https_verify_certificate: flag,
        headers: { type: 'object', additionalProperties: texts },
        healthy: record({ ...healthy, interval: seconds }),
        unhealthy: record({ ...unhealthy, interval: seconds }),
      }),
      passive: record({ type: checkType, healthy: record(healthy), unhealthy: record(unhealthy) }),
    }),
  },
  ['name'],
);

/** The declarative file: what its routing needs, with the fields and limits of Kong's own schemas (kong/db/schema/entities). */
const SCHEMA: AnySchemaObject = {
  type: 'object',
  additionalProperties: false,
  required: ['_format_version'],
  properties: {
    _format_version: { enum: ['1.1', '2.1', '3.0'] },
    _transform: flag,
    services: listOf(service),
    routes: listOf(route),
    upstreams: listOf(upstream),
    plugins: listOf(plugin),
  },
};

let validate: ReturnType<Ajv['compile']> | undefined;

/** Kong's declarative configuration. */
export const kongValidator: Validator = {
  accepts: 'the schemas of Kong have every field',
  covers: (fence) => ['yaml', 'yml'].includes(fence.lang) && /kong/i.test(titleOf(fence)),
  missing: () => null,
  problem: ({ code }) => {
    validate ??= new Ajv({ allErrors: true }).compile(SCHEMA);
    try {
      if (validate(parseYaml(code))) return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    return (validate.errors ?? [])
      .map(({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`)
      .join('\n');
  },
  good: [
    sample(
      'yaml',
      '_format_version: "3.0"\nservices:\n  - name: orders\n    url: http://10.0.0.5:8000\n    retries: 1\n    read_timeout: 15000\n    routes: [{ name: orders, paths: [/orders] }]\n',
      'kong.yml',
    ),
  ],
  mistakes: [
    { ...sample('yaml', 'services: []\n', 'kong.yml'), says: /_format_version/ },
    {
      ...sample('yaml', '_format_version: "3.0"\nservices: [{ name: orders, readTimeout: 1 }]\n', 'kong.yml'),
      says: /readTimeout/,
    },
    {
      ...sample('yaml', '_format_version: "3.0"\nservices: [{ name: orders, read_timeout: 15s }]\n', 'kong.yml'),
      says: /read_timeout must be integer/,
    },
  ],
};
