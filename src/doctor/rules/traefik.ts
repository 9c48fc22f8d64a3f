import { words, type RuleSet } from '../rule.ts';

/** Traefik’s own words; the errors inside are Go’s. */
export const TRAEFIK: RuleSet = {
  program: 'Traefik',
  gateway: 'traefik',
  side: 'gateway',
  sources: [
    {
      name: 'Traefik: pkg/proxy/httputil/proxy.go',
      url: 'https://github.com/traefik/traefik/blob/master/pkg/proxy/httputil/proxy.go',
    },
  ],
  rules: [
    words(
      'traefik.eof',
      ['upstream-closed-early', 'keepalive-race'],
      'likely',
      /502 Bad Gateway'? (?:caused by: |error=)"?EOF/,
      'The server closed the connection without an answer.',
      'time="2026-03-02T10:00:00Z" level=debug msg="\'502 Bad Gateway\' caused by: EOF"',
    ),
    words(
      'traefik.no-server',
      'no-healthy-upstream',
      'certain',
      /no available server/,
      'Traefik has no healthy server for this service.',
      'HTTP/1.1 503 Service Unavailable\n\nno available server',
    ),
    words(
      'traefik.service',
      ['gateway-misconfig', 'no-healthy-upstream'],
      'likely',
      /the service "[^"]{1,200}" does not exist|subset not found for|Skipping service: no endpoints found|port is missing|unable to find (?:the )?IP address for the container|Could not (?:find network|define the service name)|kubernetes service not found/,
      'Traefik found no service or no port for this router.',
      'level=error msg="the service \\"shop@docker\\" does not exist" routerName=shop@docker',
    ),
    words(
      'traefik.health',
      'no-healthy-upstream',
      'likely',
      /Health check failed(?:, removing from server list|\.)?/,
      'Traefik took the server out after a failed health check.',
      'level=warning msg="Health check failed, removing from server list. Backend: shop URL: http://10.0.0.5:8080"',
    ),
  ],
};
