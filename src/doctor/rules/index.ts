import type { RuleSet } from '../rule.ts';
import { APACHE_CODES } from './apache-codes.ts';
import { APP_SERVERS } from './app-servers.ts';
import { AWS_BALANCER } from './aws-balancer.ts';
import { AWS_SERVERLESS } from './aws-serverless.ts';
import { AZURE } from './azure.ts';
import { BROWSER } from './browser.ts';
import { CLOUDFLARE } from './cloudflare.ts';
import { CLOUDFLARED } from './cloudflared.ts';
import { CLOUDFRONT } from './cloudfront.ts';
import { CURL } from './curl.ts';
import { DOTNET } from './dotnet.ts';
import { ENVOY_FLAGS } from './envoy-flags.ts';
import { ENVOY_MORE } from './envoy-more.ts';
import { ENVOY_WORDS } from './envoy-words.ts';
import { FASTLY } from './fastly-akamai.ts';
import { FLY } from './fly.ts';
import { GO_NET } from './go-net.ts';
import { GOOGLE } from './google.ts';
import { H2O } from './h2o.ts';
import { HAPROXY } from './haproxy.ts';
import { HEROKU } from './heroku.ts';
import { HOST } from './host.ts';
import { HTTP_PROXY } from './http-proxy.ts';
import { HTTP_STATUS } from './http-status.ts';
import { JAMSTACK } from './jamstack.ts';
import { JAVA } from './java.ts';
import { KONG } from './kong.ts';
import { KUBERNETES } from './kubernetes.ts';
import { NGHTTPX } from './nghttpx.ts';
import { NGINX_ACCESS } from './nginx-access.ts';
import { NGINX_ANSWER } from './nginx-answer.ts';
import { NGINX_CONNECT } from './nginx-connect.ts';
import { NGINX_ITSELF } from './nginx-itself.ts';
import { NGINX_NAMES } from './nginx-tls-dns.ts';
import { NODE } from './node.ts';
import { LIGHTTPD } from './lighttpd.ts';
import { PAGES } from './pages.ts';
import { PYTHON_SERVERS } from './python-servers.ts';
import { PYTHON } from './python.ts';
import { RUBY_PHP } from './ruby-php.ts';
import { SQUID } from './squid.ts';
import { TRAEFIK } from './traefik.ts';
import { TRAFFICSERVER } from './trafficserver.ts';
import { VARNISH } from './varnish.ts';

/** Every rule there is. A new program is a file beside this and an entry here. */
export const RULE_SETS: readonly RuleSet[] = [
  NGINX_CONNECT,
  NGINX_ACCESS,
  NGINX_ANSWER,
  NGINX_NAMES,
  NGINX_ITSELF,
  HAPROXY,
  ENVOY_FLAGS,
  APACHE_CODES,
  APP_SERVERS,
  AWS_BALANCER,
  AWS_SERVERLESS,
  AZURE,
  BROWSER,
  CLOUDFLARE,
  CLOUDFLARED,
  CLOUDFRONT,
  CURL,
  DOTNET,
  ENVOY_MORE,
  ENVOY_WORDS,
  FASTLY,
  FLY,
  GO_NET,
  GOOGLE,
  H2O,
  HEROKU,
  HOST,
  HTTP_PROXY,
  JAMSTACK,
  JAVA,
  KONG,
  KUBERNETES,
  NGHTTPX,
  NODE,
  LIGHTTPD,
  PAGES,
  PYTHON_SERVERS,
  PYTHON,
  RUBY_PHP,
  SQUID,
  TRAEFIK,
  TRAFFICSERVER,
  VARNISH,
  HTTP_STATUS,
];
