import { fullTime } from './clock-text.ts';
import type { Step } from './incident.ts';

/** One step as a person reads it. */
export interface ReportedStep {
  readonly id: string;
  readonly text: string;
  readonly step: Step;
}

/** A list in one incident, for people who were not there. */
export interface Report {
  readonly list: string;
  readonly title: string;
  readonly address: string;
  /** Name of the incident. */
  readonly incident: string;
  /** Says that it was practice; null for an incident of the reader's. */
  readonly practice: string | null;
  readonly values: readonly { readonly id: string; readonly label: string; readonly value: string }[];
  readonly steps: readonly ReportedStep[];
  /** What is known of steps that the list does not have any more. */
  readonly left: readonly ReportedStep[];
}

/** The report for a ticket or a chat, as a GFM task list. */
export function asMarkdown({ title, incident, practice, address, values, steps, left }: Report): string {
  const filledIn = values.map(({ label, value }) => `${label} ${inlineCode(value)}`).join(', ');
  return [
    `## ${title}${/^Incident \d+$/.test(incident) ? '' : `: ${oneLine(incident)}`}`,
    '',
    ...(practice === null ? [] : [`> ${practice}`, '']),
    ...steps.flatMap(taskLines),
    '',
    ...(left.length === 0 ? [] : ['From an older edition of this list:', '', ...left.flatMap(taskLines), '']),
    ...(filledIn === '' ? [] : [`Filled in: ${filledIn}`, '']),
    address,
    '',
  ].join('\n');
}

/** The report for programs. */
export const asJson = ({ steps, left, values, ...about }: Report): string =>
  `${JSON.stringify(
    {
      format: 'gateway-lab checklist',
      version: 1,
      ...about,
      values: Object.fromEntries(values.map(({ id, value }) => [id, value])),
      steps: steps.map(plainStep),
      left: left.map(plainStep),
    },
    null,
    2,
  )}\n`;

const plainStep = ({ id, text, step: { ticked, at, note, seen } }: ReportedStep) => ({
  ...{ id, text, ticked, at: isoTime(at), note },
  outcome: seen && { id: seen.id, words: seen.words, at: isoTime(seen.at) },
});

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

function taskLines({ text, step: { ticked, at, note, seen } }: ReportedStep): string[] {
  return [
    `- [${ticked ? 'x' : ' '}] ${text}`,
    ...(at === null ? [] : [`  - Ticked: ${fullTime(at)}`]),
    ...(seen === null ? [] : [`  - Seen ${fullTime(seen.at)}: ${oneLine(seen.words)}`]),
    ...(note.trim() === '' ? [] : [`  - Note: ${note.trim().split(/\r?\n/).join('\n    ')}`]),
  ];
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Marks a value as code, whatever backticks it has. */
function inlineCode(value: string): string {
  const longest = Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${value}${fence}` : `${fence} ${value} ${fence}`;
}
