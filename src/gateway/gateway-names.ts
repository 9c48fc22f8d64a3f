import type { RECORDED_GATEWAY_IDS } from './ids.ts';

/** What the programs call themselves, for readers. The names of documented gateways stand in their files. */
export const GATEWAY_NAMES: Readonly<Record<(typeof RECORDED_GATEWAY_IDS)[number], string>> = {
  nginx: 'nginx',
  haproxy: 'HAProxy',
  envoy: 'Envoy',
  apache: 'Apache HTTP Server',
  caddy: 'Caddy',
  traefik: 'Traefik',
  varnish: 'Varnish',
  squid: 'Squid',
  lighttpd: 'lighttpd',
  h2o: 'H2O',
  trafficserver: 'Apache Traffic Server',
  nghttpx: 'nghttpx',
  'go-reverseproxy': 'Go httputil.ReverseProxy',
  'http-proxy': 'http-proxy (Node.js)',
  'http-proxy-middleware': 'http-proxy-middleware (Node.js)',
};
