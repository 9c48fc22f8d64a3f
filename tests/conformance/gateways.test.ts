import process from 'node:process';
import { beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../../src/gateway/faults/index.ts';
import type { Recording } from '../../src/gateway/recording.ts';
import type { Adaptor, InstalledProgram } from '../../tools/recorder/adaptor.ts';
import { ADAPTORS, howToInstall } from '../../tools/recorder/gateways/index.ts';
import { recordGateway } from '../../tools/recorder/record-gateway.ts';
import { readRecordings, recordedVersions } from '../../tools/recorder/recordings-file.ts';
import { withProgram } from './other-version.ts';
import { simulate, toldBy, toldInExchange } from './told.ts';

/**
 * Starts every gateway that has recordings, lets it meet every recorded fault again, and holds what it tells now against
 * the stored recording and against the simulator. Dates, process ids, ports and measured times are masked by the rules of
 * the gateway's profile; everything else must be equal.
 */

/** A gateway may be late on a busy machine, never early by more than rounding, ms. */
const EARLY_MS = 100;
const LATE_MS = 1000;

for (const adaptor of ADAPTORS.filter(({ id }) => recordedVersions(id).length > 0)) {
  const program = adaptor.find();
  describe(adaptor.id, () => {
    if (program) conforms(adaptor, program);
    else {
      it('is installed', () => {
        throw new Error(`${howToInstall(adaptor)}. The conformance test needs the real program.`);
      });
    }
  });
}

function conforms(adaptor: Adaptor, program: InstalledProgram): void {
  const version = recordedVersions(adaptor.id).includes(program.version)
    ? program.version
    : recordedVersions(adaptor.id)[0];
  const stored = readRecordings(adaptor.id, version ?? '');
  if (!stored)
    throw new Error(`There is no recording of ${adaptor.id}. Make one: npm run record -- --gateway ${adaptor.id}`);
  const fresh = new Map<string, Recording>();
  const impossible = new Map<string, string>();

  beforeAll(async () => {
    console.log(
      stored.version === program.version
        ? `${program.program} against its own recording of ${stored.date}`
        : `${program.program} against the recording of ANOTHER VERSION, ${stored.program} of ${stored.date}; only the program's name is allowed to differ`,
    );
    const ids = new Set(stored.recordings.map(({ fault }) => fault));
    for (const outcome of await recordGateway(
      adaptor,
      program,
      FAULTS.filter(({ id }) => ids.has(id)),
    )) {
      if (outcome.kind === 'impossible') impossible.set(outcome.fault, outcome.reason);
      else fresh.set(outcome.recording.fault, withProgram(outcome.recording, program.program, stored.program));
    }
  });

  it('has a recording of every fault that it can meet', () => {
    const recordable = FAULTS.filter((fault) => adaptor.cannotMeet(fault) === null).map(({ id }) => id);
    expect(stored.recordings.map(({ fault }) => fault)).toEqual(recordable);
  });

  describe.each(stored.recordings.map((recording) => [recording.fault, recording] as const))('%s', (id, recording) => {
    /** What the program does now. Skips, with the reason in the output, what a system other than Linux cannot play. */
    const now = (skip: (reason: string) => void): Recording => {
      const actual = fresh.get(id);
      if (actual) return actual;
      const reason = `${id} cannot be recorded here: ${impossible.get(id) ?? 'the catalogue does not know it any more'}`;
      if (process.platform !== 'linux') skip(reason);
      throw new Error(reason);
    };

    it('is answered as recorded', ({ skip }) => {
      const actual = now(skip);
      expect(toldBy(actual)).toEqual(toldBy(recording));
      expect(actual.config).toBe(recording.config);
    });

    it('is answered by the simulator as by the program', ({ skip }) => {
      const actual = now(skip);
      const exchange = simulate(id, stored);
      expect(toldInExchange(exchange, adaptor.id)).toEqual(toldBy(actual));
      expectSameTimes(
        exchange.wire.map(({ at }) => at),
        actual.wire.map(({ at }) => at),
      );
    });
  });
}

function expectSameTimes(simulated: readonly number[], real: readonly number[]): void {
  expect(simulated).toHaveLength(real.length);
  for (const [index, at] of simulated.entries()) {
    expect(real[index]).toBeGreaterThanOrEqual(at - EARLY_MS);
    expect(real[index]).toBeLessThanOrEqual(at + LATE_MS);
  }
}
