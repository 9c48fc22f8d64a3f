import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nearestVersion } from '../../src/gateway/nearest-version.ts';
import { FAULTS, faultById } from '../../src/gateway/faults/index.ts';
import type { RecordingSet } from '../../src/gateway/recording.ts';
import type { Adaptor, InstalledProgram } from '../../tools/recorder/adaptor.ts';
import { ADAPTORS, howToInstall } from '../../tools/recorder/gateways/index.ts';
import { installedPrograms } from '../../tools/recorder/installed-programs.ts';
import { cannotMeet, recordGateway } from '../../tools/recorder/record-gateway.ts';
import { readRecordings, recordedVersions } from '../../tools/recorder/recordings-file.ts';
import { compare, type Cell } from './cells.ts';
import { withProgram } from './other-version.ts';

/**
 * Starts every gateway that has recordings and is installed, lets it meet every recorded fault again, and holds what it
 * tells now against the stored recording and against the simulator. Dates, process ids, ports and measured times are
 * masked by the rules of the gateway's profile; everything else must be equal. The gateways run at the same time.
 */

/** Share of the faults that must be equal, for a program of the version that was recorded. */
const EQUAL_SHARE = 0.95;
/** A fault that comes out differently is tried again: the machine may have been busy. */
const TRIES = 3;

describe.concurrent('every recorded gateway answers as recorded, and so does the simulator', () => {
  for (const adaptor of ADAPTORS.filter(({ id }) => recordedVersions(id).length > 0)) {
    const programs = installedPrograms(adaptor);
    for (const program of programs)
      describe.concurrent(`${adaptor.id} ${program.version}`, () => conforms(adaptor, program));
    if (programs.length === 0) it.skip(`${adaptor.id}: not compared. ${howToInstall(adaptor)}`);
  }
});

function conforms(adaptor: Adaptor, program: InstalledProgram): void {
  const stored = readRecordings(adaptor.id, nearestVersion(recordedVersions(adaptor.id), program.version) ?? '');
  if (!stored)
    throw new Error(`There is no recording of ${adaptor.id}. Make one: npm run record -- --gateway ${adaptor.id}`);
  const sameVersion = stored.version === program.version;
  const cells = new Map<string, Cell>();
  /** Faults that this system cannot play, with the reason. */
  const impossible = new Map<string, string>();

  beforeAll(async () => {
    let left = stored.recordings.map(({ fault }) => fault);
    for (let attempt = 1; attempt <= TRIES && left.length > 0; attempt++) {
      await meet(adaptor, program, stored, left, cells, impossible);
      left = left.filter((fault) => {
        const cell = cells.get(fault);
        return cell?.kind === 'differs' && cell.again;
      });
    }
  });

  afterAll(() => console.log(report(program, stored, cells, impossible)));

  it('has a recording of every fault that it can meet', () => {
    const recordable = FAULTS.filter((fault) => cannotMeet(adaptor, fault) === null).map(({ id }) => id);
    expect(stored.recordings.map(({ fault }) => fault)).toEqual(recordable);
  });

  it('plays every fault on this system', ({ skip }) => {
    if (process.platform !== 'linux' && impossible.size > 0) skip([...impossible.values()].join('; '));
    expect([...impossible]).toEqual([]);
  });

  for (const { fault } of stored.recordings) {
    it(fault, ({ skip }) => {
      const cell = cells.get(fault);
      if (!cell) skip(impossible.get(fault) ?? 'it was not recorded');
      else if (cell.kind === 'differs') skip(cell.reason);
      else expect(cell.kind).toMatch(/^(equal|race)$/);
    });
  }

  it(`answers at least ${100 * EQUAL_SHARE} % of the faults as recorded`, ({ skip }) => {
    const share = countOf(cells, 'equal', 'race') / cells.size;
    if (!sameVersion)
      skip(`${program.program} is another version than the recorded ${stored.program}: ${percent(share)} are equal`);
    expect(share).toBeGreaterThanOrEqual(EQUAL_SHARE);
  });
}

/** Lets the program meet faults, and compares each. */
async function meet(
  adaptor: Adaptor,
  program: InstalledProgram,
  stored: RecordingSet,
  ids: readonly string[],
  cells: Map<string, Cell>,
  impossible: Map<string, string>,
): Promise<void> {
  for (const outcome of await recordGateway(adaptor, program, ids.map(faultById), { once: true })) {
    if (outcome.kind === 'impossible') impossible.set(outcome.fault, outcome.reason);
    else if (outcome.kind === 'failed')
      cells.set(outcome.fault, { kind: 'differs', reason: outcome.reason, again: true });
    else {
      const now = withProgram(outcome.recording, program.program, stored.program);
      const recording = stored.recordings.find(({ fault }) => fault === now.fault);
      if (recording) cells.set(now.fault, compare(now, recording, stored, adaptor.timerGrainMs));
    }
  }
}

const countOf = (cells: ReadonlyMap<string, Cell>, ...kinds: readonly Cell['kind'][]): number =>
  [...cells.values()].filter(({ kind }) => kinds.includes(kind)).length;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function report(
  program: InstalledProgram,
  stored: RecordingSet,
  cells: ReadonlyMap<string, Cell>,
  impossible: ReadonlyMap<string, string>,
): string {
  const against =
    stored.version === program.version
      ? `its own recording of ${stored.date}`
      : `the recording of ANOTHER VERSION, ${stored.program} of ${stored.date}, where only the program's name may differ`;
  const equal = countOf(cells, 'equal', 'race');
  const lines = [
    `${program.program} against ${against}: ${equal} of ${cells.size} faults are equal (${percent(equal / cells.size)})`,
  ];
  for (const [fault, cell] of cells) {
    if (cell.kind === 'race') lines.push(`  ${fault}: another of its recorded outcomes, the program races here`);
    if (cell.kind === 'differs') lines.push(`  ${fault}: DIFFERS: ${cell.reason}`);
  }
  for (const [fault, reason] of impossible) lines.push(`  ${fault}: not compared: ${reason}`);
  return lines.join('\n');
}
