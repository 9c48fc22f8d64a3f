import type { RuleSet } from '../rule.ts';

/** What the rules about Envoy's own words have in common. */
export const ENVOY: Omit<RuleSet, 'rules'> = {
  program: 'Envoy',
  gateway: 'envoy',
  side: 'gateway',
  sources: [
    {
      name: 'Envoy: response code details',
      url: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/response_code_details',
    },
  ],
};

/** The body of an answer that Envoy makes, for examples. */
export const envoyBody = (reason: string): string =>
  `upstream connect error or disconnect/reset before headers. reset reason: ${reason}`;
