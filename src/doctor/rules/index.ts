import type { RuleSet } from '../rule.ts';
import { ENVOY_FLAGS } from './envoy-flags.ts';
import { HAPROXY } from './haproxy.ts';
import { HTTP_STATUS } from './http-status.ts';
import { NGINX_ANSWER } from './nginx-answer.ts';
import { NGINX_CONNECT } from './nginx-connect.ts';
import { NGINX_ITSELF } from './nginx-itself.ts';
import { NGINX_NAMES } from './nginx-tls-dns.ts';

/** Every rule there is. A new program is a file beside this and an entry here. */
export const RULE_SETS: readonly RuleSet[] = [
  NGINX_CONNECT,
  NGINX_ANSWER,
  NGINX_NAMES,
  NGINX_ITSELF,
  HAPROXY,
  ENVOY_FLAGS,
  HTTP_STATUS,
];
