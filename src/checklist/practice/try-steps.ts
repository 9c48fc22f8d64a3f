import { panelButton, type Host } from '../host.ts';
import type { StepView } from '../step-view.ts';
import { node } from './nodes.ts';
import type { PracticeStore } from './practice-store.ts';
import { recordedStep, type RecordedIncident, type RecordedStep } from './recorded.ts';

/**
 * Puts a button under the command of every step that shows what it printed, or says why nothing can be shown.
 * @param changed is called when a step was tried
 * @returns what stands in the page then
 */
export const tryButtons = (host: Host, store: PracticeStore, changed: () => void): HTMLElement[] =>
  host.views.flatMap((view) => {
    const command = view.box.closest('li')?.querySelector(':scope > .expressive-code');
    if (!command) return [];
    const part = tryPart(view, store, changed);
    command.after(part);
    return [part];
  });

function tryPart({ id, words }: StepView, store: PracticeStore, changed: () => void): HTMLElement {
  const { recorded } = store.run;
  const step = recordedStep(recorded, id);
  const part = node('div', 'practice-try not-content');
  part.dataset['practice'] = '';
  if (step.output === null) {
    part.append(node('p', 'practice-soft', `No output here. ${step.why ?? ''}`));
    return part;
  }
  // It is there before it has something to say: only then is it announced.
  const log = node('div', 'practice-output');
  log.role = 'log';
  log.ariaLabel = `Output: ${words}`;
  const source = node('p', 'practice-soft');
  const show = (shown: boolean): void => {
    log.replaceChildren(...(shown ? outputNodes(step) : []));
    source.textContent = shown ? sourceWords(recorded, step) : '';
    // What scrolls is reached with the keyboard; what is empty is not.
    if (shown) log.tabIndex = 0;
    else log.removeAttribute('tabindex');
    button.textContent = shown ? 'Hide the output' : 'Try it';
    button.ariaLabel = `${button.textContent}: ${words}`;
  };
  const button = panelButton('Try it', () => {
    show(log.childElementCount === 0);
    store.try(id);
    changed();
  });
  show(store.run.tried.includes(id));
  part.append(button, log, source);
  return part;
}

function outputNodes({ output, exit }: RecordedStep): HTMLElement[] {
  const text = (output ?? '').replace(/\n+$/, '');
  const printed = text === '' ? node('p', 'practice-soft', 'It printed nothing.') : node('pre', '', text);
  return [printed, ...(exit === null ? [] : [node('p', 'practice-exit', `Exit code ${exit}`)])];
}

const sourceWords = ({ recordedWith, recorded }: RecordedIncident, { why }: RecordedStep): string =>
  `As recorded with ${recordedWith} on ${recorded}.${why === undefined ? '' : ` ${why}`}`;
