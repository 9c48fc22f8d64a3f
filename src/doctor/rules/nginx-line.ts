import type { RuleSet } from '../rule.ts';

/** What the rules about nginx's own words have in common. */
export const NGINX: Omit<RuleSet, 'rules'> = {
  program: 'nginx',
  gateway: 'nginx',
  side: 'gateway',
  sources: [
    {
      name: 'nginx: ngx_http_upstream.c',
      url: 'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_upstream.c',
    },
    { name: 'nginx: ngx_http_proxy_module', url: 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html' },
  ],
};

/** A line of the error log as nginx writes it about a request, for examples. */
export const nginxLine = (message: string): string =>
  `2026/03/02 10:00:00 [error] 29#29: *7 ${message}, client: 203.0.113.7, server: shop.example.com, request: "GET /cart HTTP/1.1", upstream: "http://10.0.0.5:8080/cart", host: "shop.example.com"`;
