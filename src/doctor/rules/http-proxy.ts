import { words, type RuleSet } from '../rule.ts';

/** http-proxy, http-proxy-middleware and the development servers that use them; the errors inside are Node’s. */
export const HTTP_PROXY: RuleSet = {
  program: 'http-proxy',
  gateway: 'http-proxy',
  side: 'gateway',
  sources: [
    {
      name: 'http-proxy-middleware: error handling',
      url: 'https://github.com/chimurai/http-proxy-middleware/blob/master/recipes/servers.md',
    },
  ],
  rules: [
    words(
      'http-proxy.refused',
      'upstream-refused',
      'certain',
      /(?:\[HPM\] Error occurred|proxy error|Proxy error|Could not proxy request)[^\n]{0,400}\n?[^\n]{0,200}ECONNREFUSED/,
      'The proxy could not connect: no process listens on the target’s port. `::1` and `127.0.0.1` are two addresses.',
      '[HPM] Error occurred while trying to proxy request /api from localhost:4200 to http://localhost:3000 (ECONNREFUSED)',
      { faults: ['connect-refused'] },
    ),
    words(
      'http-proxy.dns',
      'upstream-dns',
      'certain',
      /(?:\[HPM\] Error occurred|proxy error|Proxy error|Could not proxy request)[^\n]{0,400}\n?[^\n]{0,200}(?:ENOTFOUND|EAI_AGAIN)/,
      'The proxy could not resolve the target’s name.',
      '[HPM] Error occurred while trying to proxy request /api from localhost:4200 to http://api.example.com (ENOTFOUND)',
      { faults: ['dns-nxdomain'] },
    ),
    words(
      'http-proxy.reset',
      ['upstream-closed-early', 'keepalive-race', 'protocol-mismatch', 'tls-handshake'],
      'likely',
      /(?:\[HPM\] Error occurred|proxy error|Proxy error|Could not proxy request)[^\n]{0,400}\n?[^\n]{0,200}(?:ECONNRESET|socket hang up)/,
      'The target closed the connection without an answer.',
      '[HPM] Error occurred while trying to proxy request /api from localhost:4200 to http://localhost:3000 (ECONNRESET)',
      { unless: /before secure TLS/, faults: ['close-after-request'] },
    ),
    words(
      'http-proxy.page',
      ['upstream-refused', 'upstream-closed-early'],
      'possible',
      /Error occurred while trying to proxy(?: to)?:/,
      'The proxy could not pass the request on; its console has the reason.',
      'Error occurred while trying to proxy: localhost:4200/api',
      { role: 'symptom' },
    ),
  ],
};
