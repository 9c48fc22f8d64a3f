import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { FAULTS } from '../../gateway/faults/index.ts';
import { GATEWAY_IDS } from '../../gateway/ids.ts';
import { dataText, schemaText } from './data-file.ts';
import { DATA_FILES } from './index.ts';

const parsed = (name: string): Record<string, unknown> => {
  const file = DATA_FILES.find((other) => other.name === name);
  if (!file) throw new Error(`There is no ${name}.json.`);
  return JSON.parse(dataText(file)) as Record<string, unknown>;
};

interface Cell {
  fault: string;
  gateway: string;
  status: number | null;
  errorLine: string | null;
  cause: string | null;
  provenance: { kind: string };
}

describe.each(DATA_FILES.map((file) => [file.name, file] as const))('%s.json', (_name, file) => {
  const schema = JSON.parse(schemaText(file)) as Record<string, unknown>;
  const accepts = new Ajv2020({ formats: { date: true, uri: true }, allowUnionTypes: true }).compile(schema);
  const data = JSON.parse(dataText(file)) as Record<string, unknown>;

  it('obeys the schema beside it, and names it', () => {
    expect(accepts(data), JSON.stringify(accepts.errors)).toBe(true);
    expect(data['$schema']).toBe(schema['$id']);
  });

  it('has a schema that refuses what is missing or unknown', () => {
    const { version: _, ...unversioned } = data;
    expect(accepts(unversioned)).toBe(false);
    expect(accepts({ ...data, more: 1 })).toBe(false);
  });
});

describe('matrix.json', () => {
  const { cells, missing } = parsed('matrix') as { cells: Cell[]; missing: Cell[] };

  it('answers every pair of fault and gateway, or says why not', () => {
    const pairs = [...cells, ...missing].map(({ fault, gateway }) => `${fault} ${gateway}`);
    expect(pairs.sort()).toEqual(FAULTS.flatMap(({ id }) => GATEWAY_IDS.map((gateway) => `${id} ${gateway}`)).sort());
  });

  it('says what the recordings say', () => {
    const of = (gateway: string) => cells.find((cell) => cell.fault === 'connect-refused' && cell.gateway === gateway);
    expect(of('nginx')).toMatchObject({ status: 502, cause: 'upstream-refused', provenance: { kind: 'recorded' } });
    expect(of('nginx')?.errorLine).toContain('connect() failed (111: Connection refused)');
    expect(of('haproxy')).toMatchObject({ status: 503 });
  });
});
