import type { GatewayId } from '../ids.ts';
import type { Profile } from '../profile.ts';
import { apache } from './apache.ts';
import { envoy } from './envoy.ts';
import { haproxy } from './haproxy.ts';
import { varnish } from './varnish.ts';
import { squid } from './squid.ts';
import { lighttpd } from './lighttpd.ts';
import { nginx } from './nginx.ts';
import { caddy } from './caddy.ts';
import { goReverseproxy } from './go-reverseproxy.ts';
import { traefik } from './traefik.ts';
import { h2o } from './h2o.ts';
import { nghttpx } from './nghttpx.ts';
import { trafficserver } from './trafficserver.ts';
import { httpProxy } from './http-proxy.ts';
import { httpProxyMiddleware } from './http-proxy-middleware.ts';

const PROFILES: readonly Profile[] = [
  nginx,
  haproxy,
  apache,
  lighttpd,
  squid,
  varnish,
  envoy,
  caddy,
  goReverseproxy,
  traefik,
  h2o,
  trafficserver,
  nghttpx,
  httpProxy,
  httpProxyMiddleware,
];

/** The profile of a gateway. Throws when the gateway cannot be simulated yet. */
export function profileOf(id: GatewayId): Profile {
  const profile = PROFILES.find((candidate) => candidate.id === id);
  if (profile) return profile;
  throw new Error(`The gateway ${id} cannot be simulated; there are ${PROFILES.map((known) => known.id).join(', ')}.`);
}
