import type { Adjustments } from './adjust.ts';

/**
 * What a reader changed in controls that the page was built with, before any of their code was there: nothing that was
 * typed or chosen is lost while it loads.
 * @param knows true for the id of a fault
 */
export function earlyChanges(place: ParentNode, knows: (fault: string) => boolean): Adjustments {
  const gateway = place.querySelector('select');
  const chosen = [...(gateway?.options ?? [])].find(({ defaultSelected }) => defaultSelected);
  const fault = changed(place.querySelector<HTMLInputElement>('input[role=combobox]'))?.value.trim();
  const [first, seed] = [...place.querySelectorAll<HTMLInputElement>('input[type=number]')].map(changed);
  const rate = changed(place.querySelector<HTMLInputElement>('input[type=range]'));
  return {
    ...(gateway && chosen && gateway.value !== chosen.value ? { gateway: gateway.value } : {}),
    ...(fault !== undefined && knows(fault) ? { fault } : {}),
    ...(first ? { failFirst: first.value === '' ? null : first.valueAsNumber } : {}),
    ...(seed && seed.value !== '' ? { seed: seed.valueAsNumber } : {}),
    ...(rate ? { failureRate: rate.valueAsNumber / 100 } : {}),
  };
}

/**
 * What a reader who is in the list of faults right now wants of it: to see it, or to find what was typed.
 * @returns does that in the drawn controls; undefined when there is nobody
 */
export function earlySearch(place: ParentNode): ((drawn: ParentNode) => void) | undefined {
  const fault = place.querySelector<HTMLInputElement>('input[role=combobox]:focus');
  if (!fault) return;
  const { value, selectionStart, selectionEnd } = fault;
  const typed = changed(fault);
  return (drawn) => {
    const field = drawn.querySelector<HTMLInputElement>('input[role=combobox]');
    field?.focus();
    if (!field || !typed) return field?.click();
    field.value = value;
    field.setSelectionRange(selectionStart, selectionEnd);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
}

/** The field, if the reader has put something valid into it. */
const changed = (input: HTMLInputElement | null): HTMLInputElement | null =>
  input && input.value !== input.defaultValue && input.validity.valid ? input : null;
