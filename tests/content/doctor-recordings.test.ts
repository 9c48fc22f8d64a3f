import { describe, expect, it } from 'vitest';
import { labAnswer } from '../../src/build/lab-exchange.ts';
import { recordedVersions } from '../../src/build/scenarios.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import type { Exchange } from '../../src/gateway/exchange.ts';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import type { CauseId } from '../../src/gateway/ids.ts';

/**
 * The doctor reads what every recorded gateway wrote for every fault: the error log, each access line, the error page.
 * One line cannot tell everything apart. Causes that one gateway or another reports in the same words form a family.
 */
const FAMILIES: readonly (readonly CauseId[])[] = [
  ['upstream-closed-early', 'keepalive-race', 'worker-crashed', 'app-error-500', 'protocol-mismatch', 'tls-handshake'],
  ['invalid-response', 'protocol-mismatch', 'header-too-big', 'upstream-closed-early'],
  ['tls-handshake', 'tls-certificate', 'protocol-mismatch'],
  ['upstream-refused', 'no-healthy-upstream'],
  ['upstream-timeout', 'overload', 'tls-handshake', 'client-timeout'],
  ['upstream-reset-midbody', 'invalid-response', 'worker-crashed', 'upstream-timeout', 'upstream-closed-early'],
  ['client-aborted', 'client-timeout'],
];

interface Evidence {
  readonly name: string;
  readonly text: string;
  readonly exchange: Exchange;
}

function evidenceOf(exchange: Exchange): readonly Evidence[] {
  const { client, gateway, fault, log } = exchange;
  const texts = [log.error.join('\n'), ...log.access];
  if ((client.status ?? 0) >= 400 && client.body.trim() !== '') {
    const head = client.headers.map((header) => header.join(': ')).join('\n');
    texts.push(`HTTP/1.1 ${client.status ?? ''} ${client.reason ?? ''}\n${head}\n\n${client.body}`);
  }
  const name = `${gateway.id} ${gateway.version}, ${fault}`;
  return texts.filter((text) => text !== '').map((text) => ({ name, text: text.replaceAll(fault, 'cart'), exchange }));
}

const EXCHANGES = recordedVersions().flatMap(({ gateway, version }) =>
  FAULTS.flatMap(({ id }) => {
    const answer = labAnswer({ gateway: `${gateway}@${version}`, fault: id });
    return answer.kind === 'exchange' ? [answer.exchange] : [];
  }),
);

/** Which causes any gateway reports with a status; a bare status proves no more. */
const BY_STATUS = Map.groupBy(EXCHANGES, ({ client }) => client.status);

/** The words without what differs from request to request. */
const wordsOf = ({ text, exchange }: Evidence) =>
  `${exchange.gateway.id} ${text
    .replaceAll(/\b(?:GET|POST|HEAD)\b/g, 'METHOD')
    .replaceAll(/\d+/g, (digits) => (/^[1-5]\d\d$/.test(digits) ? digits : '#'))}`;

const ALL = EXCHANGES.flatMap(evidenceOf);
/** Which causes one gateway reports in the very same words. */
const BY_WORDS = Map.groupBy(ALL, wordsOf);

function isAdmissible(evidence: Evidence): boolean {
  const { text, exchange } = evidence;
  const { causes, undecided } = diagnose(text);
  const best = causes[0];
  if (best === undefined || undecided) return true;
  const { status } = exchange.client;
  const cause = exchange.cause ?? 'not-a-failure';
  if (best.cause === cause) return true;
  if ((BY_WORDS.get(wordsOf(evidence)) ?? []).some((other) => other.exchange.cause === best.cause)) return true;
  if (status !== null && status < 400 && best.cause === 'not-a-failure') return true;
  if (best.evidence.every((proof) => /^\d{3}$/.test(proof.text)))
    return (BY_STATUS.get(status) ?? []).some((other) => other.cause === best.cause) || status === 499;
  return FAMILIES.some((family) => family.includes(cause) && family.includes(best.cause));
}

describe('what the recorded gateways wrote', () => {
  it('leads to an admissible cause, or to `cannot tell`, at least 97 times in 100', () => {
    const wrong = ALL.filter((evidence) => !isAdmissible(evidence));
    const share = 1 - wrong.length / ALL.length;
    expect(share, wrong.map(({ name, text }) => `${name}: ${text.slice(0, 200)}`).join('\n')).toBeGreaterThanOrEqual(
      0.97,
    );
  });
});
