import type { ConsoleEntry, ConsoleValue, ProgramFailure } from '../sandbox/protocol.ts';
import { isTraceback, preview } from './console-preview.ts';

const LEVELS: Readonly<Record<string, string>> = {
  warn: 'Warning: ',
  error: 'Error: ',
  info: 'Info: ',
  debug: 'Debug: ',
};

/** What a console shows, as plain text: one entry a line, groups indented, the error that ended the program last. */
export function consoleText(entries: readonly ConsoleEntry[], failure: ProgramFailure | null): string {
  const lines = entries.map(({ level, values, depth = 0 }) =>
    indented((LEVELS[level] ?? '') + values.map((value) => textOf(value)).join(' '), '  '.repeat(depth)),
  );
  if (failure && isTraceback(failure.stack)) lines.push(failure.stack);
  else if (failure) lines.push(`Uncaught ${failure.name}: ${failure.message}`, ...stackLines(failure.stack));
  return lines.map((line) => `${line}\n`).join('');
}

function textOf(value: ConsoleValue): string {
  if (value.type === 'string') return value.text;
  if (value.type !== 'error') return preview(value);
  const cause = value.cause === undefined ? [] : [indented(`Caused by: ${textOf(value.cause)}`, '  ')];
  return [preview(value), ...stackLines(value.stack), ...cause].join('\n');
}

const stackLines = (stack: string): string[] => (stack === '' ? [] : [indented(stack, '    ')]);

const indented = (text: string, by: string): string => text.replace(/^/gm, by);
