import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { DoctorData } from './doctor-data.ts';
import { keepDraft, KEPT_WORDS, type Draft } from './draft.ts';
import type { Examined, Outcome } from './protocol.ts';
import { reproduceLink } from './reproduce-link.ts';
import { outcomeWords } from './result-words.ts';
import { redact } from './redact.ts';
import type { Examination, Examiner } from './run-worker.ts';

/** Something too long for a text field: it is read where it lies. */
export interface Attached {
  readonly name: string;
  readonly size: number;
  readonly source: string | Blob;
}

export type State = 'idle' | 'working' | 'done' | 'stopped' | 'error';

/** A paste of more characters than this becomes an attachment, because a text field of that size freezes a page. */
export const MOST_IN_FIELD = 200_000;

export interface Doctor {
  readonly data: DoctorData;
  readonly text: Signal<string>;
  readonly attached: Signal<Attached | null>;
  readonly hidePlaces: Signal<boolean>;
  readonly state: Signal<State>;
  /** From 0 to 1, while it works. */
  readonly progress: Signal<number>;
  readonly examined: Signal<Examined | null>;
  /** Addresses of playgrounds that produce the evidence, by the number of the answer. */
  readonly reproduce: Signal<Readonly<Record<number, string>>>;
  /** What happened, in words. */
  readonly status: Signal<string>;
  /** Where the text is kept, in words. */
  readonly kept: Signal<string>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly write: (text: string) => void;
  readonly attach: (attached: Attached) => void;
  readonly setHidePlaces: (hide: boolean) => void;
  readonly clear: () => void;
  /** Puts a text in the place of the reader's own, which can be brought back. */
  readonly replace: (text: string, why: string) => void;
  readonly restore: (draft: Draft) => void;
  readonly undo: () => void;
  readonly diagnose: () => void;
  readonly stop: () => void;
}

const FAILED = 'What diagnoses could not be loaded or broke off. Check your connection, then press Diagnose again.';

export function createDoctor(data: DoctorData, examine: Examiner): Doctor {
  const text = signal('');
  const attached = signal<Attached | null>(null);
  const hidePlaces = signal(false);
  const state = signal<State>('idle');
  const progress = signal(0);
  const examined = signal<Examined | null>(null);
  const reproduce = signal<Readonly<Record<number, string>>>({});
  const status = signal('');
  const kept = signal('');
  const before = signal<{ readonly text: string; readonly attached: Attached | null } | null>(null);
  let running: Examination | null = null;
  /** What the reader wrote, in memory only, and the same without its secrets. */
  let hidden = { original: '', safe: '' };

  const keep = (): void => {
    kept.value = KEPT_WORDS[keepDraft({ text: text.value, hidePlaces: hidePlaces.value })];
  };
  const forgetResult = (): void => {
    running?.stop();
    running = null;
    examined.value = null;
    state.value = 'idle';
  };
  const show = (outcome: Outcome): void => {
    running = null;
    state.value = outcome.kind === 'examined' ? 'done' : 'error';
    examined.value = outcome.kind === 'examined' ? outcome : null;
    status.value = outcomeWords(outcome, data);
    reproduce.value = {};
    if (outcome.kind !== 'examined') return;
    outcome.diagnosis.causes.forEach((answer, index) => {
      if (answer.reproduce === null) return;
      void reproduceLink(answer.reproduce).then((href) => {
        if (examined.value === outcome) reproduce.value = { ...reproduce.value, [index]: href };
      });
    });
  };
  const remember = (): void => {
    before.value = text.value === '' && attached.value === null ? null : { text: text.value, attached: attached.value };
  };
  const put = (next: string, file: Attached | null): void => {
    forgetResult();
    text.value = next;
    attached.value = file;
    keep();
  };

  return {
    data,
    text,
    attached,
    hidePlaces,
    state,
    progress,
    examined,
    reproduce,
    status,
    kept,
    canUndo: computed(() => before.value !== null),
    write: (next) => {
      text.value = next;
      before.value = null;
      keep();
    },
    attach: (file) => {
      remember();
      put('', file);
      status.value = `${file.name} is ready. Press Diagnose.`;
    },
    setHidePlaces: (hide) => {
      hidePlaces.value = hide;
      keep();
      if (examined.value !== null || state.value === 'working') status.value = 'Press Diagnose again to apply it.';
    },
    clear: () => {
      remember();
      put('', null);
      status.value = before.value === null ? 'There is nothing to clear.' : 'Cleared.';
    },
    replace: (next, why) => {
      remember();
      put(next, null);
      status.value = why;
    },
    restore: (draft) => {
      hidePlaces.value = draft.hidePlaces;
      put(draft.text, null);
    },
    undo: () => {
      const back = before.value;
      if (back === null) return;
      before.value = null;
      put(back.text, back.attached);
      status.value = 'Your text is back.';
    },
    diagnose: () => {
      running?.stop();
      // What stays in the field is what everyone may see who looks at the screen; what was hidden is counted each time.
      if (attached.value === null && text.value !== hidden.safe) {
        hidden = { original: text.value, safe: redact(text.value, false).text };
        text.value = hidden.safe;
      }
      progress.value = 0;
      examined.value = null;
      state.value = 'working';
      status.value = 'Reading.';
      running = examine(
        { source: attached.value?.source ?? hidden.original, hidePlaces: hidePlaces.value },
        { progress: (done) => (progress.value = done), done: show, failed: () => fail() },
      );
    },
    stop: () => {
      if (running === null) return;
      forgetResult();
      state.value = 'stopped';
      status.value = 'Stopped. Your text is still here.';
    },
  };

  function fail(): void {
    running = null;
    state.value = 'error';
    status.value = FAILED;
  }
}
