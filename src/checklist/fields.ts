import { valueProblem, type KindOfValue } from '../schema/checklist-values.ts';
import type { Filling } from './fill-command.ts';
import type { Incident } from './incident.ts';

/** A field of the list: what its commands name, and what the reader has in its place. */
export interface Field {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly kind: KindOfValue;
  readonly input: HTMLInputElement;
}

/** The fields above a list, as `Checklist.astro` writes them. */
export const fieldsOf = (list: Element): Field[] =>
  [...list.querySelectorAll<HTMLInputElement>('input[data-kind]')].map((input) => ({
    id: input.name,
    label: input.labels?.[0]?.textContent.trim() ?? input.name,
    placeholder: input.placeholder,
    kind: input.dataset['kind'] as KindOfValue,
    input,
  }));

/** The reader's own values, those that can stand in a command. A link or another program may have brought any. */
export const goodValues = (fields: readonly Field[], { values }: Incident): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ id, kind }) => {
      const value = values[id] ?? '';
      return value === '' || valueProblem(kind, value) !== undefined ? [] : [[id, value]];
    }),
  );

/** What goes into the commands. */
export function fillingsOf(fields: readonly Field[], incident: Incident): Filling[] {
  const values = goodValues(fields, incident);
  return fields.flatMap(({ id, placeholder }) =>
    values[id] === undefined ? [] : [{ placeholder, value: values[id] }],
  );
}

/** Shows the values in their fields; leaves alone what the reader is writing, and what is wrong until it is right. */
export function showValues(fields: readonly Field[], incident: Incident): void {
  const values = goodValues(fields, incident);
  for (const { id, input } of fields) {
    const isOther = input.dataset['of'] !== incident.id;
    if (!isOther && (document.activeElement === input || input.ariaInvalid === 'true')) continue;
    input.dataset['of'] = incident.id;
    input.value = values[id] ?? '';
    complain(input, '');
  }
}

/**
 * What the reader has written, when it can stand in a command, or nothing; null when it cannot.
 * @param complete whether it is the whole: then the field says what is wrong with it
 */
export function writtenIn({ kind, input }: Field, complete: boolean): string | null {
  const value = input.value.trim();
  const problem = value === '' ? undefined : valueProblem(kind, value);
  if (complete || problem === undefined) complain(input, problem ?? '');
  return problem === undefined ? value : null;
}

/** An address that was pasted where a host belongs, as host and path. */
export function asAddress(text: string): { host: string; path: string } | null {
  const value = text.trim();
  if (!/^https?:\/\/[^/]/i.test(value) || !URL.canParse(value)) return null;
  const { hostname, pathname, search } = new URL(value);
  return { host: hostname, path: pathname + search };
}

function complain(input: HTMLInputElement, sentence: string): void {
  input.ariaInvalid = String(sentence !== '');
  const place = document.getElementById(input.getAttribute('aria-describedby') ?? '');
  if (place && place.textContent !== sentence) place.textContent = sentence;
}
