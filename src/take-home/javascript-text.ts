import { compactText } from '../gateway/compact-text.ts';

/** A value as JavaScript that a person can read: long texts over several lines, long repetitions as `repeat`. */
export function javascript(value: unknown, indent = ''): string {
  if (typeof value === 'string') return textLiteral(value, indent);
  if (value === null || typeof value !== 'object') return String(value);
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => javascript(item, deeper))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) =>
          `${/^[a-z]\w*$/i.test(name) ? name : quoted(name)}: ${javascript(item, deeper)}`.replace(
            /^(\w+:) \n/,
            '$1\n',
          ),
        );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${open}${close}`;
  const oneLine = isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (!oneLine.includes('\n') && indent.length + oneLine.length < 110) return oneLine;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join('')}${indent}${close}`;
}

/** In single quotes; bytes that do not print stand as escapes. */
function quoted(text: string): string {
  const escaped = text.replace(/[\\'\x00-\x1f\x7f-\xff\u2028\u2029]/g, (character) => {
    const known = { '\\': '\\\\', "'": String.raw`\'`, '\r': '\\r', '\n': '\\n', '\t': '\\t' }[character];
    return known ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `'${escaped}'`;
}

const RUN = /([^\r\n])\1{63,}/s;
const NUMBERED = /\{\{#(\d+)\.\.(\d+) ([^{}]*)\}\}/;

function textLiteral(text: string, indent: string): string {
  const written = shortened(text).flatMap((part) =>
    part.kind === 'code' ? [part.text] : Array.from(part.text.matchAll(/[^\n]*\n|[^\n]+$/g), ([line]) => quoted(line)),
  );
  if (written.length <= 1) return written[0] ?? "''";
  return written.map((line) => `\n${indent}  ${line}`).join(' +');
}

interface Part {
  readonly kind: 'plain' | 'code';
  readonly text: string;
}

/** Cuts a text where something repeats. */
function shortened(text: string): Part[] {
  // Hundreds of lines that differ in a number.
  const numbered = text.includes('{{') ? null : NUMBERED.exec(compactText(text));
  if (numbered) {
    const [, from = '0', to = '0', line = ''] = numbered;
    const first = `${line.replace('#', from)}\r\n`;
    const last = `${line.replace('#', to)}\r\n`;
    const start = text.indexOf(first);
    const end = text.indexOf(last) + last.length;
    const [before = '', after = ''] = line.split('#');
    const code = `Array.from({ length: ${Number(to) - Number(from) + 1} }, (_, n) => ${quoted(before)} + (n + ${from}) + ${quoted(`${after}\r\n`)}).join('')`;
    return [...shortened(text.slice(0, start)), { kind: 'code', text: code }, ...shortened(text.slice(end))];
  }
  const run = RUN.exec(text);
  if (!run) return text === '' ? [] : [{ kind: 'plain', text }];
  const code = `${quoted(run[1] ?? '')}.repeat(${run[0].length})`;
  return [
    ...shortened(text.slice(0, run.index)),
    { kind: 'code', text: code },
    ...shortened(text.slice(run.index + run[0].length)),
  ];
}
