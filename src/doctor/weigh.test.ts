import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { FurtherSignal } from './rule.ts';
import { NGINX_ACCESS } from './rules/nginx-access.ts';
import { prepareSignals, weigh } from './weigh.ts';

const sign = (pattern: RegExp, weight: number, rest: Partial<FurtherSignal> = {}): FurtherSignal => ({
  ...{ pattern, weight, within: 'line' },
  ...rest,
});
const sure = (signals: readonly FurtherSignal[], line: string, paste = line) =>
  weigh('certain', prepareSignals(signals), { line: () => line, paste: () => paste });

describe('a rule with further signals', () => {
  it('is as sure as it says when all of them are there', () => {
    expect(sure([sign(/reused/, 1), sign(/at once/, 1)], 'reused, at once')).toBe('certain');
  });

  it('is less sure the more are missing, and finds nothing at last', () => {
    const signals = [sign(/reused/, 1), sign(/at once/, 1)];
    expect(sure(signals, 'reused')).toBe('likely');
    expect(sure(signals, 'neither')).toBeNull();
  });

  it('minds one of little weight little', () => {
    expect(sure([sign(/reused/, 0.2)], 'no')).toBe('certain');
  });

  it('finds nothing without one that is required', () => {
    expect(sure([sign(/reused/, 0, { required: true })], 'no')).toBeNull();
  });

  it('takes a negated one for there when its words are not', () => {
    const signals = [sign(/restarted/, 0, { required: true, negated: true })];
    expect(sure(signals, 'all quiet')).toBe('certain');
    expect(sure(signals, 'it restarted')).toBeNull();
  });

  it('looks where it is told to', () => {
    const signals = [sign(/deploy/, 0, { required: true, within: 'paste' })];
    expect(sure(signals, 'closed', 'deploy\nclosed')).toBe('certain');
    expect(sure([sign(/deploy/, 0, { required: true })], 'closed', 'deploy\nclosed')).toBeNull();
  });
});

describe('nginx’s access log with the times of the upstream', () => {
  const line = (status: string, connect: string, header: string, total: string) =>
    `203.0.113.7 - - [02/Mar/2026:10:00:00 +0000] "GET /cart HTTP/1.1" ${status.slice(-3)} 157 "-" "curl" uct="${connect}" uht="${header}" urt="${total}" us="${status}"`;
  const best = (text: string) => {
    const [first] = diagnose(text).causes;
    return [first?.cause, first?.confidence];
  };

  it.each([
    ['502', '-', '-', '0.000', 'upstream-refused', 'likely'],
    ['502', '-', '-', '3.012', 'upstream-refused', 'possible'],
    ['504', '-', '-', '60.001', 'upstream-unreachable', 'likely'],
    ['502', '0.001', '-', '0.204', 'upstream-closed-early', 'likely'],
    ['504', '0.001', '-', '60.001', 'upstream-timeout', 'certain'],
  ])(
    'status %s, connected after %s, header after %s, in all %s: %s, %s',
    (status, connect, header, total, ...means) => {
      expect(best(line(status, connect, header, total))).toEqual(means);
    },
  );

  it('says nothing more than the status where nginx tried twice, or where the upstream answered itself', () => {
    const rules = (text: string) => diagnose(text).causes.map(({ why }) => why);
    for (const text of [line('502, 502', '-, -', '-, -', '0.000, 0.001'), line('502', '0.001', '0.009', '0.009')])
      for (const { why } of NGINX_ACCESS.rules) expect(rules(text)).not.toContain(why);
  });
});
