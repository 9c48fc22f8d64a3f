import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordedClientWords } from '../../src/build/client-words.ts';
import { clientViewOf } from '../../src/gateway/client-view.ts';
import { clientWordsFor } from '../../src/gateway/client-words.ts';
import { CLIENT_IDS, type ClientId, type Scheme } from '../../src/schema/client-words.ts';
import { SAMPLE_KINDS } from '../../tools/recorder/clients/kinds.ts';
import { openClientLab, type ClientLab, type Meeting } from '../../tools/recorder/clients/lab.ts';
import { CannotPlay } from '../../tools/recorder/full-queue.ts';
import { differentWires, NOTHING_SHOWN, spreadOut } from './client-wires.ts';

/**
 * Plays wires to the clients that are installed, and holds what they say against the words that the site shows: every
 * recorded kind with other numbers than those that were recorded, and what the simulated gateways put on the wire.
 * A client of another version than the recorded one is compared too, and its differences are printed, not failed.
 * `CLIENT_WIRES=all` plays every wire that differs, some six hundred over each scheme.
 */

const words = recordedClientWords();
const SECONDS = 2;
const TIMEOUT = 10 * 60_000;
/** They mostly wait. */
const AT_ONCE = 6;

let lab: ClientLab | null = null;
let whyNot = '';

beforeAll(async () => {
  try {
    lab = await openClientLab(CLIENT_IDS);
  } catch (error) {
    if (!(error instanceof CannotPlay)) throw error;
    whyNot = error.message;
  }
}, TIMEOUT);
afterAll(() => lab?.close());

/** Texts that differ between two machines or two runs of the same program. */
const settled = (text: string): string =>
  text
    .replaceAll(/0x[0-9a-f]{6,}/g, '0x…')
    .replaceAll(/(?<= )[0-9A-F]{16}(?=:error:)/g, '…')
    .replaceAll(/(?<=_ssl\.c:)\d+/g, '…')
    .replaceAll(/(?<= after )\d+(?= m)/g, '…');

interface Difference extends Pick<Meeting, 'scheme' | 'wire'> {
  readonly what: string;
  readonly client: ClientId;
  readonly said: string;
  readonly shown: string;
}

/** Lets the clients meet wires once. */
async function compareOnce(
  meetings: readonly (Meeting & { readonly what: string })[],
  open: ClientLab,
): Promise<{ differences: Difference[]; compared: number; silent: Difference[]; impossible: string[] }> {
  const left = [...meetings];
  const differences: Difference[] = [];
  const silent: Difference[] = [];
  const impossible: string[] = [];
  let compared = 0;
  const work = async (): Promise<void> => {
    for (let meeting = left.shift(); meeting; meeting = left.shift()) {
      const { what, wire, scheme, method = 'GET', path, seconds } = meeting;
      try {
        const { host, port, address, said } = await open.meet(meeting);
        const request = { method, url: `${scheme}://${host}:${port}${path}`, headers: [], body: '' };
        const exchange = { request, wire, client: clientViewOf(wire, method) };
        const shown = clientWordsFor(exchange, words, { address, seconds });
        for (const [client, text] of said) {
          const own = shown.find((words) => words.client === client)?.text;
          if (own === undefined) silent.push({ what, scheme, wire, client, said: text, shown: 'nothing' });
          else {
            compared++;
            if (settled(own) !== settled(text))
              differences.push({ what, scheme, wire, client, said: text, shown: own });
          }
        }
      } catch (error) {
        if (!(error instanceof CannotPlay)) throw error;
        impossible.push(`${what}: ${error.message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { differences, compared, silent, impossible };
}

/** A busy machine may be late with a name or a byte, so that what differs is tried again. */
const TRIES = 3;

/** Lets the clients meet wires; returns what they said and the site does not, and how many were compared. */
async function compare(
  meetings: readonly (Meeting & { readonly what: string })[],
  open: ClientLab,
): ReturnType<typeof compareOnce> {
  const first = await compareOnce(meetings, open);
  let { differences } = first;
  for (let attempt = 2; attempt <= TRIES && differences.some((entry) => !isOther(entry)); attempt++) {
    const again = new Set(differences.map(({ what }) => what));
    ({ differences } = await compareOnce(
      meetings.filter(({ what }) => again.has(what)),
      open,
    ));
  }
  return { ...first, differences };
}

/** The client without what it runs on, e.g. `requests 2.34.2, urllib3 2.8.0`. */
const ownVersions = (program: string): string => program.replace(/, (?:Python|OpenSSL).*$/, '');

const isRecordedVersion = (client: ClientId): boolean =>
  lab?.clients.some(
    ({ id, program }) => id === client && ownVersions(program) === ownVersions(words.clients[client].program),
  ) === true;

/** Python before 3.13 takes a reset under TLS for the end of the connection; the words are those of a newer one. */
const isOldPython = ({ client, scheme, wire }: Difference): boolean => {
  const program = lab?.clients.find(({ id }) => id === client)?.program ?? '';
  return /Python 3\.(?:\d|1[012])\./.test(program) && scheme === 'https' && wire.at(-1)?.kind === 'reset';
};

const isOther = (entry: Difference): boolean => !isRecordedVersion(entry.client) || isOldPython(entry);

/** Fails for clients of the recorded version, prints for others. */
function judge(differences: readonly Difference[]): void {
  const line = ({ what, client, said, shown }: Difference): string =>
    `${what}, ${client}\n  said  ${said}\n  shown ${shown}`;
  const others = differences.filter(isOther);
  if (others.length > 0) {
    const versions = lab?.clients.map(({ program }) => program).join('; ') ?? '';
    console.log(`Other versions than those recorded (${versions}) say something else:\n${others.map(line).join('\n')}`);
  }
  expect(differences.filter((entry) => !isOther(entry)).map(line)).toEqual([]);
}

function expectExplained(silent: readonly Difference[]): void {
  const explanationOf = ({ what, client }: Difference) =>
    NOTHING_SHOWN.find((entry) => entry.client === client && entry.what.test(what))?.why;
  const lines = silent.map(
    (entry) => `  ${entry.what}, ${entry.client}: ${explanationOf(entry) ?? 'no reason'}. It said: ${entry.said}`,
  );
  if (lines.length > 0) console.log(`Nothing is shown of:\n${lines.join('\n')}`);
  expect(silent.filter((entry) => explanationOf(entry) === undefined)).toEqual([]);
}

describe('what other clients say', () => {
  it('is compared with every client', ({ skip }) => {
    if (lab === null) return skip(whyNot);
    if (lab.missing.size > 0) skip([...lab.missing.values()].join(' '));
    expect(lab.clients.map(({ id }) => id)).toEqual(CLIENT_IDS);
  });

  it(
    'of every recorded kind, with other names and numbers',
    async ({ skip }) => {
      if (lab === null) return skip(whyNot);
      const meetings = SAMPLE_KINDS.flatMap(({ id, schemes, wire, seconds }) =>
        schemes.map((scheme) => ({
          what: `${id} over ${scheme}`,
          wire: wire(13),
          scheme,
          path: '/orders/42?a=b',
          seconds,
        })),
      );
      const { differences, silent, impossible } = await compare(meetings, lab);
      if (impossible.length > 0) console.log(`Cannot be played here:\n${impossible.join('\n')}`);
      expectExplained(silent);
      judge(differences);
    },
    TIMEOUT,
  );

  it.for<Scheme>(['http', 'https'])(
    'to what the simulated gateways put on the wire, over %s',
    { timeout: TIMEOUT },
    async (scheme, { skip }) => {
      if (lab === null) return skip(whyNot);
      // Every kind was played over both schemes; of the wires, a sample is enough unless all are asked for.
      const step = process.env['CLIENT_WIRES'] === 'all' ? 1 : { http: 3, https: 12 }[scheme];
      const wires = differentWires().filter((_, index) => index % step === 0);
      const meetings = wires.map(({ what, exchange: { request, wire } }) => ({
        ...{ what, wire: spreadOut(wire), scheme, method: request.method, path: '/orders/42', seconds: SECONDS },
      }));
      const { differences, compared, silent } = await compare(meetings, lab);
      console.log(`${wires.length} wires of simulated gateways over ${scheme}: ${compared} words compared`);
      expectExplained(silent);
      judge(differences);
      expect(compared).toBeGreaterThan(lab.clients.length * 40);
    },
  );
});
