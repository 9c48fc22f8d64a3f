import { words, type RuleSet } from '../rule.ts';

/** Fly.io’s proxy. */
export const FLY: RuleSet = {
  program: 'Fly.io',
  gateway: null,
  side: 'gateway',
  sources: [{ name: 'Fly.io: troubleshooting', url: 'https://fly.io/docs/getting-started/troubleshooting/' }],
  rules: [
    words(
      'fly.refused',
      ['upstream-refused', 'gateway-misconfig'],
      'certain',
      /\[P(?:C01|C02|C07|M05)\]|instance refused connection|is your app listening on/,
      'The app does not listen on the address and port that the proxy uses.',
      '[PC01] instance refused connection. is your app listening on 0.0.0.0:8080?',
    ),
    words(
      'fly.closed',
      ['upstream-closed-early', 'keepalive-race'],
      'likely',
      /\[P(?:U02|C03|C04)\]|could not (?:send|finish reading|complete) HTTP (?:request|body|body to) (?:to|from)? ?instance|connection closed before message completed/,
      'The app ended the connection before it had answered.',
      '[PU02] could not complete HTTP request to instance: connection closed before message completed',
    ),
    words(
      'fly.timeout',
      'upstream-unreachable',
      'certain',
      /\[PC05\]|timed out while connecting to your instance/,
      'The app did not take the connection in time.',
      '[PC05] timed out while connecting to your instance.',
    ),
    words(
      'fly.none',
      'no-healthy-upstream',
      'certain',
      /\[PR0[134]\]|could not find (?:an? )?(?:good candidate|healthy (?:backends?|instance))|no known healthy instances found for route|failed to start machine/,
      'No instance is healthy.',
      '[PR04] could not find a good candidate within 40 attempts at load balancing',
    ),
    words(
      'fly.protocol',
      'protocol-mismatch',
      'likely',
      /\[PU01\]|could not parse (?:HTTP )?(?:response|request)/,
      'The app speaks another protocol than the proxy is set to.',
      '[PU01] could not parse response',
    ),
    words(
      'fly.limit',
      'overload',
      'certain',
      /has reached its (?:hard|soft) limit of \d{1,9} concurrent (?:requests|connections)/,
      'The instance is at its limit of concurrent requests.',
      'Instance b1f2 reached hard limit of 25 concurrent connections; has reached its hard limit of 25 concurrent connections',
    ),
    words('fly.tls', 'tls-handshake', 'likely', /\[PT0[45]\]/, 'TLS failed.', '[PT04] TLS handshake error'),
    words(
      'fly.boot',
      ['worker-crashed', 'upstream-refused'],
      'likely',
      /\[PM0[37]\]|machine has reached its max restart count|Main child exited (?:normally )?with (?:code: [1-9]\d{0,2}|signal)|Virtual machine exited abruptly|machine (?:exited|stopped) with non-zero/,
      'The machine’s program ended.',
      "Main child exited with signal (with signal 'SIGKILL', core dumped? false)",
    ),
  ],
};
