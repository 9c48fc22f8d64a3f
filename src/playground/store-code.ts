import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { PlaygroundData } from './playground-data.ts';

/** The files of one playground and what the reader made of them. */
export interface PlaygroundCode {
  /** The author's code, one for each file. */
  readonly originals: readonly string[];
  readonly code: readonly ReadonlySignal<string>[];
  /** Index of the file that is shown, and that Run runs. */
  readonly file: ReadonlySignal<number>;
  /** Counts up when code is replaced from outside the editor, so that the editor takes it over. */
  readonly replaced: ReadonlySignal<number>;
  readonly codeEdited: ReadonlySignal<boolean>;
  /** The code of the shown file. */
  readonly shownCode: () => string;
  /** @returns whether this changed anything */
  readonly write: (text: string, index: number) => boolean;
  /** Puts texts in place of the code; files whose text is undefined stay as they are. */
  readonly replaceCode: (texts: readonly (string | undefined)[]) => void;
  readonly show: (index: number) => void;
}

export function createCode(data: PlaygroundData, originals: readonly string[]): PlaygroundCode {
  const code = originals.map((text) => signal(text));
  const file = signal(0);
  const replaced = signal(0);
  return {
    originals,
    code,
    file,
    replaced,
    codeEdited: computed(() => code.some((text, index) => text.value !== originals[index])),
    shownCode: () => code[file.peek()]?.peek() ?? '',
    write(text, index) {
      const current = code[index];
      if (!current || current.peek() === text) return false;
      current.value = text;
      return true;
    },
    replaceCode(texts) {
      batch(() => {
        texts.forEach((text, index) => {
          const target = code[index];
          if (target && text !== undefined) target.value = text;
        });
        replaced.value++;
      });
    },
    show(index) {
      file.value = Math.min(Math.max(index, 0), data.files.length - 1);
    },
  };
}
