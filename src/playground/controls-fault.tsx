import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { FaultGroup } from '../gateway/fault.ts';
import { answers, type Choices, type FaultChoice } from './choices.ts';

/** What breaks, as headings of the list. */
const GROUPS: Readonly<Record<FaultGroup, string>> = {
  control: 'Nothing breaks',
  connect: 'The connection to the upstream',
  tls: 'TLS with the upstream',
  accept: 'Closed before the answer is there',
  bytes: 'The bytes of the answer',
  slow: 'Too slow',
  status: 'A failure that the upstream answers',
  keepalive: 'Connections that are used again',
  request: 'The request itself',
  retry: 'Several servers',
  cgi: 'FastCGI and uWSGI',
};

interface FaultFieldProps {
  readonly id: string;
  readonly label: string;
  readonly choices: Choices;
  /** As a scenario names it. Faults that it does not answer are listed, and cannot be chosen. */
  readonly gateway: string;
  readonly fault: string;
  readonly onChoose: (fault: string) => void;
}

/** A combobox with a list that is searched by id, summary and cause. */
export function FaultField({ id, label, choices, gateway, fault, onChoose }: FaultFieldProps) {
  /** What was typed; null while the list is closed. */
  const typed = useSignal<string | null>(null);
  const active = useSignal<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const known = choices.faults.find((choice) => choice.id === fault);
  const open = typed.value !== null;
  const found = open ? search(choices.faults, typed.value === fault ? '' : (typed.value ?? '')) : [];
  const can = found.filter((choice) => answers(choices, gateway, choice.id));
  const cannot = found.filter((choice) => !can.includes(choice));
  const optionId = (choice: string): string => `${id}-${choice}`;
  const current =
    can.find((choice) => choice.id === active.value) ?? can.find((choice) => choice.id === fault) ?? can[0];

  const show = (): void => {
    if (typed.peek() === null) typed.value = fault;
  };
  const close = (): void => {
    typed.value = null;
    active.value = null;
  };
  const pick = (choice: string): void => {
    close();
    if (choice !== fault) onChoose(choice);
  };
  /** Typed in full is chosen; anything else is forgotten. */
  const leave = (): void => {
    const text = typed.peek()?.trim();
    if (text !== undefined && can.some((choice) => choice.id === text)) pick(text);
    else close();
  };
  useEffect(() => {
    if (open && current) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [open, current?.id]);

  // An option never has the focus: the field keeps it and names the active one. So the list listens for all of them.
  useEffect(() => {
    const { current: options } = list;
    const keepFocus = (event: Event): void => event.preventDefault();
    const click = ({ target }: Event): void => {
      const chosen = (target as Element).closest<HTMLElement>('[data-fault]')?.dataset['fault'];
      if (chosen !== undefined) pick(chosen);
    };
    options?.addEventListener('mousedown', keepFocus);
    options?.addEventListener('click', click);
    return () => {
      options?.removeEventListener('mousedown', keepFocus);
      options?.removeEventListener('click', click);
    };
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) return show();
      const next = can.findIndex((choice) => choice === current) + step;
      active.value = can[Math.min(Math.max(next, 0), can.length - 1)]?.id ?? null;
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (current) pick(current.id);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
  };

  const option = (choice: FaultChoice, off = false) => (
    <div
      key={choice.id}
      id={optionId(choice.id)}
      role="option"
      aria-selected={choice === current}
      aria-disabled={off ? true : undefined}
      data-fault={off ? undefined : choice.id}
    >
      {choice.summary} <code>{choice.id}</code>
    </div>
  );
  return (
    <div class="play-field play-field--wide">
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && current ? optionId(current.id) : undefined}
        aria-describedby={`${id}-hint`}
        value={typed.value ?? fault}
        onFocus={() => input.current?.select()}
        onClick={show}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value;
          active.value = null;
        }}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      <small id={`${id}-hint`}>
        {known === undefined ? 'is in no list' : `The upstream ${known.summary}.`}
        {known?.cause ? ` Cause: ${causeText(known.cause)}.` : ''}
      </small>
      <div ref={list} id={`${id}-list`} class="play-options" role="listbox" aria-label={label} hidden={!open}>
        {grouped(can).map(([group, members]) => (
          <div key={group} role="group" aria-label={GROUPS[group]}>
            <p aria-hidden="true">{GROUPS[group]}</p>
            {members.map((choice) => option(choice))}
          </div>
        ))}
        {cannot.length > 0 ? (
          <div role="group" aria-label="Without an answer of this gateway">
            <p aria-hidden="true">Without an answer of this gateway</p>
            {cannot.map((choice) => option(choice, true))}
          </div>
        ) : null}
        {open && found.length === 0 ? (
          <div role="option" aria-selected="false" aria-disabled="true">
            No fault has “{typed.value}” in its words. Try “timeout”, “reset” or “tls”.
          </div>
        ) : null}
      </div>
    </div>
  );
}

/** Those that have every word in their id, their summary, their heading or their cause. */
function search(faults: readonly FaultChoice[], text: string): FaultChoice[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return faults.filter(({ id, summary, cause, group }) => {
    const all = `${id} ${summary} ${cause ?? ''} ${causeText(cause ?? '')} ${GROUPS[group]}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** An id as words: `upstream closed early`. */
const causeText = (cause: string): string => cause.replaceAll('-', ' ');

function grouped(faults: readonly FaultChoice[]): [FaultGroup, FaultChoice[]][] {
  const groups = new Map<FaultGroup, FaultChoice[]>();
  for (const fault of faults) groups.set(fault.group, [...(groups.get(fault.group) ?? []), fault]);
  return [...groups];
}
