import type { CauseId } from '../gateway/ids.ts';
import type { Finding } from './match.ts';

/**
 * Libraries such as Go's net package write the same words in a gateway and in a client. What stands around them decides
 * whether `connection refused` is a gateway that misses its upstream or a client that misses the server.
 */

const GATEWAY_WORDS =
  /prox(?:y|ied|ying)|upstream|backend|\borigin\b|originService|gateway|\bHPM\b|\bvite\b|traefik|caddy|cloudflared|ingress|load.?balancer|\b50[234]\b|forward(?:ing|ed)? request|target|probe failed/i;
const CLIENT_WORDS =
  /\bcurl\b|Traceback|requests\.exceptions|urllib3|\bhttpx\b|aiohttp|\bGet "?https?:|\bPost "?https?:|axios|fetch failed|HttpClient|okhttp/i;

/** How far around a finding its surroundings reach, characters. */
const AROUND = 300;

/** The causes of a finding, with who wrote the words taken into account. */
export function causesOf(finding: Finding, original: string): readonly [CauseId, ...CauseId[]] {
  const { rule, side } = finding;
  if (rule.asClient === undefined || (side !== 'either' && side !== 'client')) return rule.causes;
  const near = original.slice(Math.max(0, finding.start - AROUND), finding.end + AROUND);
  const line = lineOf(original, finding);
  const byGateway =
    GATEWAY_WORDS.test(line) || (GATEWAY_WORDS.test(near) && !CLIENT_WORDS.test(near) && side === 'either');
  if (byGateway && side === 'either') return rule.causes;
  return rule.asClient === rule.causes[0] ? rule.causes : [rule.asClient, ...rule.causes];
}

function lineOf(original: string, { start, end }: Finding): string {
  const from = original.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
  const to = original.indexOf('\n', end);
  return original.slice(Math.max(from, start - 1000), to === -1 ? end + 1000 : Math.min(to, end + 1000));
}
