import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CAUSE_IDS } from '../../gateway/ids.ts';
import type { DoctorData } from './doctor-data.ts';
import { DRAFT_KEY, readDraft } from './draft.ts';
import { examine } from './examine.ts';
import type { Outcome, Task } from './protocol.ts';
import type { Listener } from './run-worker.ts';
import { createDoctor } from './store.ts';

const data: DoctorData = {
  causes: Object.fromEntries(
    CAUSE_IDS.map((id) => [id, { title: `Title of ${id}`, checklist: '/checklists/x/' }]),
  ) as DoctorData['causes'],
  gateways: { nginx: 'nginx' },
  examples: [],
};
const REFUSED =
  '2026/11/22 09:17:25 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: a.test, request: "GET /orders/42 HTTP/1.1", upstream: "http://127.0.0.1:8080/orders/42", host: "a.test"';

/** A doctor whose examinations end when the test says so. */
function setUp() {
  const tasks: { readonly task: Task; readonly listener: Listener; stopped: boolean }[] = [];
  const doctor = createDoctor(data, (task, listener) => {
    const entry = { task, listener, stopped: false };
    tasks.push(entry);
    return { stop: () => void (entry.stopped = true) };
  });
  const finish = async (): Promise<Outcome> => {
    const last = tasks.at(-1);
    if (last === undefined) throw new Error('Nothing is examined.');
    const outcome = await examine(last.task, () => undefined);
    last.listener.done(outcome);
    return outcome;
  };
  return { doctor, tasks, finish };
}

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});

describe('a diagnosis', () => {
  it('names the cause in words, with a playground that reproduces it', async () => {
    const { doctor, finish } = setUp();
    doctor.write(REFUSED);
    doctor.diagnose();
    expect(doctor.state.value).toBe('working');
    await finish();
    expect(doctor.state.value).toBe('done');
    expect(doctor.status.value).toMatch(/^(Certain|Likely): Title of upstream-refused \(nginx\)\./);
    await vi.waitFor(() => expect(doctor.reproduce.value[0]).toMatch(/^\/playground\/#play=2\.[\w-]+$/));
  });

  it('takes secrets out of the field, and counts them each time', async () => {
    const { doctor, finish } = setUp();
    doctor.write(`Authorization: Bearer abcdefgh12345678\n${REFUSED}`);
    for (let time = 0; time < 2; time += 1) {
      doctor.diagnose();
      await finish();
      expect(doctor.text.value).toContain('Authorization: Bearer [hidden]');
      expect(doctor.status.value).toContain('1 credential');
      expect(doctor.examined.value?.passedOn).not.toContain('abcdefgh');
    }
  });

  it('that is stopped says so, and what it would have said is not heard', async () => {
    const { doctor, tasks, finish } = setUp();
    doctor.write(REFUSED);
    doctor.diagnose();
    doctor.stop();
    expect(tasks[0]?.stopped).toBe(true);
    expect([doctor.state.value, doctor.text.value]).toEqual(['stopped', REFUSED]);
    doctor.diagnose();
    await finish();
    expect(doctor.state.value).toBe('done');
  });

  it('of nothing, and one that breaks off, are said in a sentence', async () => {
    const { doctor, tasks, finish } = setUp();
    doctor.diagnose();
    await finish();
    expect(doctor.state.value).toBe('error');
    expect(doctor.status.value).toContain('nothing to read');
    doctor.diagnose();
    tasks.at(-1)?.listener.failed();
    expect(doctor.status.value).toContain('press Diagnose again');
  });
});

describe('the reader’s text', () => {
  it('is kept on the device without its secrets, and forgotten when cleared', () => {
    const { doctor } = setUp();
    doctor.write('Authorization: Bearer abcdefgh12345678');
    expect(doctor.kept.value).toContain('Kept on this device');
    expect(localStorage.getItem(DRAFT_KEY)).not.toContain('abcdefgh');
    expect(readDraft()).toEqual({ text: 'Authorization: Bearer [hidden]', hidePlaces: false });
    doctor.clear();
    expect(readDraft()).toBeNull();
    doctor.undo();
    expect(doctor.text.value).toBe('Authorization: Bearer abcdefgh12345678');
    expect(doctor.canUndo.value).toBe(false);
  });

  it('makes room for an example or a link, and comes back', () => {
    const { doctor } = setUp();
    doctor.write('my own');
    doctor.replace('an example', '');
    doctor.undo();
    expect(doctor.text.value).toBe('my own');
  });

  it('is not kept where the browser keeps nothing, and the page says so', () => {
    vi.stubGlobal('localStorage', {
      setItem: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
    const { doctor } = setUp();
    doctor.write('my own');
    expect(doctor.kept.value).toContain('keeps no data');
  });
});
