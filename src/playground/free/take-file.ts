import { bringBack } from '../store-sharing.ts';
import type { Playground } from '../store.ts';
import type { ScenarioEditing } from './editing.ts';
import { importFile, MOST_TEXT } from './import-file.ts';

/** Imports a file that the reader picked or dropped. What cannot be taken is said, and everything stays as it was. */
export async function takeFile(playground: Playground, editing: ScenarioEditing, file: File): Promise<void> {
  // Latin letters take a byte, others up to four; what is longer is not even read.
  const text = file.size > 4 * MOST_TEXT ? 'x'.repeat(MOST_TEXT + 1) : await file.text();
  const imported = importFile(file.name, text);
  switch (imported.kind) {
    case 'refused':
      playground.notify({ kind: 'problem', sentence: imported.sentence });
      playground.say(imported.sentence);
      return;
    case 'share':
      await bringBack(playground, imported.share, 'file');
      playground.say(`${file.name} was imported. It waits for Run.`);
      return;
    case 'scenario':
      await editing.replace(imported.text, `The scenario comes from ${imported.from}.`);
      playground.say(
        playground.mistake.peek() ?? `${imported.from} was imported. From the next Run on it is what happens.`,
      );
  }
}
