import type { Adaptor } from '../adaptor.ts';
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

/** The gateways that the recorder can start. */
export const ADAPTORS: readonly Adaptor[] = [
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

/** How to get a gateway that is not installed, as one sentence. */
export const howToInstall = ({ id, install }: Adaptor): string =>
  `${id} is not installed: apt-get install ${install.apt} (Debian, Ubuntu) or brew install ${install.brew} (macOS)`;
