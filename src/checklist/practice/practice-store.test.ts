import { beforeEach, describe, expect, it, vi } from 'vitest';
import { IncidentStore } from '../incident-store.ts';
import { stepOf, ticked, withStep } from '../incident.ts';
import { keptRun, newRun, PracticeStore } from './practice-store.ts';
import { REFUSED } from './recorded.fixture.ts';

const LIST = 'first-five-minutes';
const CAUSES = [
  { id: 'upstream-refused', title: 'Connection refused', kind: 'gateway', checklist: '/checklists/upstream-refused/' },
] as const;

/** A browser's storage. */
class Kept {
  readonly texts = new Map<string, string>();
  getItem = (key: string): string | null => this.texts.get(key) ?? null;
  setItem = (key: string, text: string): void => void this.texts.set(key, text);
  removeItem = (key: string): void => void this.texts.delete(key);
}

let local: Kept;
let session: Kept;
const begun = (): PracticeStore => new PracticeStore(LIST, newRun(REFUSED, CAUSES, { host: 'api.example.com' }));

beforeEach(() => {
  local = new Kept();
  session = new Kept();
  vi.stubGlobal('localStorage', local);
  vi.stubGlobal('sessionStorage', session);
  return () => vi.unstubAllGlobals();
});

describe('practice', () => {
  it('leaves the reader’s own incidents as they are, whatever is done in it', () => {
    const own = new IncidentStore(LIST);
    own.read();
    own.change((incident) =>
      withStep({ ...incident, values: { host: 'shop.test' } }, 'ask-again', [], ticked(true, 1)),
    );
    own.open(own.current.id);
    const before = [...local.texts, [own.key, session.getItem(own.key)]];

    const store = begun();
    store.change((incident) => withStep(incident, 'gateway-log', [], { note: 'refused' }));
    store.put({ ...store.current, name: 'Practice' });
    store.changeAll(() => []);
    store.open();
    store.try('ask-again');
    store.end('shown');

    expect([...local.texts, [own.key, session.getItem(own.key)]]).toEqual(before);
    own.read();
    expect(own.current.values).toEqual({ host: 'shop.test' });
    expect(stepOf(own.current, 'ask-again').ticked).toBe(true);
  });

  it('is one incident with the values of the recorded machine, and says that it is practice', () => {
    const store = begun();
    expect(store.all).toEqual([store.current]);
    expect(store.current).toMatchObject({ name: 'Practice', values: { host: 'api.example.com' }, steps: {} });
    expect(store.practice).toMatch(/^Practice on an incident recorded with nginx 1\.22\.1 on 2026-11-22\b/);
    expect(new IncidentStore(LIST).practice).toBeNull();
  });

  it('goes on after a reload: steps, notes, what was tried, how it ended', () => {
    const store = begun();
    store.change((incident) => withStep(incident, 'gateway-log', [], { note: 'refused' }));
    store.try('gateway-log');
    store.try('ask-again');
    store.try('gateway-log');
    store.end('named');
    const run = keptRun(LIST);
    expect(run).toEqual(store.run);
    expect(run).toMatchObject({ tried: ['gateway-log', 'ask-again'], ended: 'named' });
    expect(stepOf(run?.incident ?? store.current, 'gateway-log').note).toBe('refused');
    expect(keptRun('gateway-handover'), 'of another list').toBeNull();
  });

  it('leaves nothing behind when it ends', () => {
    begun().forget();
    expect(session.texts.size).toBe(0);
    expect(keptRun(LIST)).toBeNull();
  });

  it.each(['no JSON', '{}', '7', '{"format":1}', '{"format":2,"recorded":{"steps":{}},"tried":[],"causes":[]}'])(
    'does not go on with what it does not know: %s',
    (text) => {
      const { key } = begun();
      session.setItem(key, text);
      expect(keptRun(LIST)).toBeNull();
      expect(session.getItem(key), 'it is not asked again').toBeNull();
    },
  );

  it('lasts until the page is left where the browser keeps nothing', () => {
    vi.stubGlobal('sessionStorage', undefined);
    const store = begun();
    store.try('ask-again');
    expect(store.run.tried).toEqual(['ask-again']);
    expect(keptRun(LIST)).toBeNull();
  });
});
