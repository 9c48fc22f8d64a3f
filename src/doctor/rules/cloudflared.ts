import { words, type RuleSet } from '../rule.ts';

/** Cloudflare’s tunnel daemon; the errors inside are Go’s. */
export const CLOUDFLARED: RuleSet = {
  program: 'cloudflared',
  gateway: 'cloudflare',
  side: 'gateway',
  sources: [
    {
      name: 'cloudflared: proxy/proxy.go',
      url: 'https://github.com/cloudflare/cloudflared/blob/master/proxy/proxy.go',
    },
  ],
  rules: [
    words(
      'cloudflared.eof',
      ['upstream-closed-early', 'keepalive-race', 'protocol-mismatch'],
      'likely',
      /Unable to reach the origin service[^\n]{0,160}: (?:unexpected )?EOF/,
      'The service behind the tunnel closed the connection without an answer.',
      'ERR error="Unable to reach the origin service. The service may be down or it may not be responding to traffic from cloudflared: EOF" originService=http://localhost:8080',
    ),
    words(
      'cloudflared.origin',
      ['upstream-refused', 'upstream-unreachable', 'upstream-closed-early'],
      'possible',
      /Unable to reach the origin service/,
      'The tunnel is up, and the service behind it gave no answer.',
      'ERR Unable to reach the origin service. The service may be down',
      { role: 'symptom' },
    ),
    words(
      'cloudflared.tunnel',
      'no-healthy-upstream',
      'likely',
      /Argo Tunnel error|Cloudflare Tunnel error|error code:? 1033/,
      'No tunnel connector is connected.',
      'Error 1033 Cloudflare Tunnel error',
    ),
    words(
      'cloudflared.edge',
      ['client-connect', 'upstream-unreachable'],
      'possible',
      /failed to (?:dial to edge|connect to edge)|Unable to establish connection with Cloudflare edge|Serve tunnel error|edge discovery/,
      'The connector cannot reach Cloudflare.',
      'ERR Unable to establish connection with Cloudflare edge error="DialContext error: dial tcp 198.41.200.13:7844: i/o timeout"',
    ),
  ],
};
