/**
 * The join keys of the whole product: a fault (what broke), a gateway (who reported it) and a cause
 * (the diagnosis a person acts on). Content, simulator, doctor and tests name things by these ids only.
 */

/** Causes that say: the client, or nothing, failed, and no gateway. */
export const OTHER_CAUSE_IDS = [
  'client-aborted',
  'client-dns',
  'client-tls',
  'client-connect',
  'client-timeout',
  'rate-limited',
  'auth',
  'app-error-500',
  'not-found',
  'cors',
  'not-a-failure',
  'unrelated-text',
] as const;

/** Every cause: those of a gateway and its upstream first. */
export const CAUSE_IDS = [
  'upstream-refused',
  'upstream-unreachable',
  'upstream-dns',
  'upstream-closed-early',
  'keepalive-race',
  'upstream-reset-midbody',
  'header-too-big',
  'invalid-response',
  'protocol-mismatch',
  'tls-handshake',
  'tls-certificate',
  'upstream-timeout',
  'no-healthy-upstream',
  'overload',
  'worker-crashed',
  'socket-missing-or-denied',
  'serverless-malformed-response',
  'serverless-timeout',
  'gateway-misconfig',
  'maintenance',
  'cdn-origin-error',
  ...OTHER_CAUSE_IDS,
] as const;
export type CauseId = (typeof CAUSE_IDS)[number];

/** Gateways whose answers were recorded from the real program. */
export const RECORDED_GATEWAY_IDS = [
  'nginx',
  'haproxy',
  'envoy',
  'apache',
  'caddy',
  'traefik',
  'varnish',
  'squid',
  'lighttpd',
  'h2o',
  'trafficserver',
  'nghttpx',
  'go-reverseproxy',
  'http-proxy',
  'http-proxy-middleware',
] as const;

/** Gateways that cannot be recorded here; their answers come from their documentation. */
export const DOCUMENTED_GATEWAY_IDS = [
  'aws-alb',
  'aws-api-gateway',
  'cloudfront',
  'cloudflare',
  'gcp-lb',
  'azure-appgw',
  'heroku',
  'kong',
  'k8s-ingress-nginx',
] as const;

export const GATEWAY_IDS = [...RECORDED_GATEWAY_IDS, ...DOCUMENTED_GATEWAY_IDS] as const;
export type GatewayId = (typeof GATEWAY_IDS)[number];

/** True when `text` is the id of a gateway this project knows. */
export const isGatewayId = (text: string): text is GatewayId => (GATEWAY_IDS as readonly string[]).includes(text);
