import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const PROGRAM = fileURLToPath(new URL('doctor.ts', import.meta.url));
const REFUSED =
  '2026/03/02 10:00:00 [error] 29#29: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, request: "GET /cart HTTP/1.1", upstream: "http://10.0.0.5:8080/cart"';
const ANSWERED =
  '203.0.113.7 - - [02/Mar/2026:10:00:00 +0000] "GET /cart HTTP/1.1" 200 512 "-" "curl" upstream_addr=10.0.0.5:8080';

function run(input: string, ...options: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...options], { input, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

describe('npm run doctor', () => {
  it('--json gives proof, checks and counts of each answer', () => {
    const many = Array.from({ length: 40 }, () => REFUSED).join('\n');
    expect(JSON.parse(run(many, '--json'))).toMatchObject({
      undecided: false,
      conflict: false,
      exclusion: null,
      gateway: 'nginx',
      causes: [
        {
          cause: 'upstream-refused',
          confidence: 'certain',
          evidenceCount: 40,
          next: 'nc -vz -w 3 10.0.0.5 8080',
          confirmBy: [{ run: 'nc -vz -w 3 10.0.0.5 8080' }, { run: 'ss -ltn sport = :8080' }],
          ruleOutBy: [
            { outcomes: [{ sees: 'any HTTP status, from the gateway’s own machine' }, { means: 'It stands.' }] },
          ],
          guide: '/causes/upstream-refused/',
        },
      ],
    });
  });

  it('says in words what contradicts itself, how often a proof stands, and what would rule the cause out', () => {
    const told = run(`${REFUSED}\n${ANSWERED}`);
    expect(told).toMatch(
      /^The text contradicts itself\. “connect\(\) failed .*” says that no connection was opened, and “200”/,
    );
    expect(told).toContain('upstream-refused (likely), nginx');
    expect(run(Array.from({ length: 40 }, () => REFUSED).join('\n'))).toContain('and at 37 more places');
    expect(told).toMatch(/rule out: curl .*http:\/\/10\.0\.0\.5:8080\/cart\n {8}\S/);
  });

  it('--jsonl answers a line with a line', () => {
    expect(run(`${JSON.stringify({ id: 'a', evidence: REFUSED })}\n\n`, '--jsonl')).toBe(
      '{"id":"a","causes":["upstream-refused"],"undecided":false,"gateway":"nginx"}\n',
    );
  });
});
