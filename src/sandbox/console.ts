import { consoleValue, textOf } from './console-value.ts';
import type { ConsoleEntry, ConsoleLevel, ConsoleValue, SourcePosition } from './protocol.ts';
import type { ReaderStack } from './stack.ts';

/** What a run may print; a page with more would only grow slow. */
const MAX_ENTRIES = 5000;
const MAX_CHARACTERS = 1_000_000;

export interface ReaderConsoleOptions {
  readonly stack: ReaderStack;
  /** Simulated ms since the run began. */
  readonly now: () => number;
  readonly post: (entry: ConsoleEntry) => void;
}

export interface ReaderConsole {
  /** What the program sees as `console`. */
  readonly console: object;
  /** Puts a sentence of the playground itself into the console. `callSite` says where the program caused it. */
  say(level: ConsoleLevel, sentence: string, callSite?: Error): void;
  /** Shows values as `console.error` would, at a place that is already known. */
  show(level: ConsoleLevel, values: readonly unknown[], position: SourcePosition | null): void;
  /** Says at the end of a run how much had no room. */
  close(): void;
}

/** The console of one run. */
export function readerConsole({ stack, now, post }: ReaderConsoleOptions): ReaderConsole {
  let entries = 0;
  let characters = 0;
  /** Entries that found no room. */
  let leftOut = 0;
  let depth = 0;
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();

  const note = (sentence: string): void =>
    post({ kind: 'console', level: 'warn', values: [text(sentence)], at: now(), position: null });

  /** Describes and posts one entry; does neither when there is no room. */
  function emit(
    level: ConsoleLevel,
    valuesOf: () => readonly ConsoleValue[],
    place: () => SourcePosition | null,
  ): void {
    if (leftOut > 0) {
      leftOut += 1;
      return;
    }
    const values = valuesOf();
    entries += 1;
    characters += JSON.stringify(values).length;
    if (entries > MAX_ENTRIES || characters > MAX_CHARACTERS) {
      leftOut = 1;
      const limit = entries > MAX_ENTRIES ? `${MAX_ENTRIES} entries` : `${MAX_CHARACTERS / 1e6} million characters`;
      note(`The console shows at most ${limit} of one run. The program goes on, but the rest is left out.`);
      return;
    }
    const entry = { kind: 'console', level, values, at: now(), position: place() } as const;
    post(depth > 0 ? { ...entry, depth } : entry);
  }

  const describe = (value: unknown): ConsoleValue => consoleValue(value, stack.frames);
  const here = (): SourcePosition | null => stack.position(new Error().stack);
  const print = (level: ConsoleLevel, values: readonly unknown[]): void =>
    emit(level, () => formatted(values, describe), here);
  const named = (label: unknown): string => (label === undefined ? 'default' : textOf(label));
  const elapsed = (label: string): string => {
    const since = timers.get(label);
    return since === undefined
      ? `There is no timer "${label}".`
      : `${label}: ${Math.round((now() - since) * 1000) / 1000} ms`;
  };
  const group = (...values: unknown[]): void => {
    if (values.length > 0) print('log', values);
    depth += 1;
  };

  const methods = {
    log: (...values: unknown[]) => print('log', values),
    info: (...values: unknown[]) => print('info', values),
    warn: (...values: unknown[]) => print('warn', values),
    error: (...values: unknown[]) => print('error', values),
    debug: (...values: unknown[]) => print('debug', values),
    dir: (value: unknown) => emit('log', () => [describe(value)], here),
    dirxml: (...values: unknown[]) => print('log', values),
    table: (value: unknown, columns?: readonly string[]) =>
      emit('table', () => [describe(withColumns(value, columns))], here),
    trace: (...values: unknown[]) => {
      const frames = stack.frames(new Error().stack);
      emit('debug', () => [text('Trace'), ...formatted(values, describe), text(`\n${frames}`)], here);
    },
    assert: (condition?: unknown, ...values: unknown[]) => {
      if (!condition) emit('error', () => [text('Assertion failed'), ...formatted(values, describe)], here);
    },
    count: (label?: unknown) => {
      const count = (counts.get(named(label)) ?? 0) + 1;
      counts.set(named(label), count);
      emit('log', () => [text(`${named(label)}: ${count}`)], here);
    },
    countReset: (label?: unknown) => void counts.delete(named(label)),
    group,
    groupCollapsed: group,
    groupEnd: () => {
      depth = Math.max(0, depth - 1);
    },
    time: (label?: unknown) => void timers.set(named(label), now()),
    timeLog: (label?: unknown, ...values: unknown[]) =>
      emit('log', () => [text(elapsed(named(label))), ...values.map(describe)], here),
    timeEnd: (label?: unknown) => {
      emit('log', () => [text(elapsed(named(label)))], here);
      timers.delete(named(label));
    },
    timeStamp: () => undefined,
    clear: () => undefined,
  };

  return {
    console: methods,
    say: (level, sentence, callSite) =>
      emit(
        level,
        () => [text(sentence)],
        () => stack.position(callSite?.stack),
      ),
    show: (level, values, position) =>
      emit(
        level,
        () => values.map(describe),
        () => position,
      ),
    close: () => {
      if (leftOut > 0) note(`${leftOut} more entries were left out.`);
    },
  };
}

const text = (value: string): ConsoleValue => ({ type: 'string', text: value });

/** Applies `%s`, `%d`, `%i`, `%f`, `%o`, `%O`, `%c` and `%%` of a leading format text. */
function formatted(values: readonly unknown[], describe: (value: unknown) => ConsoleValue): ConsoleValue[] {
  const [format, ...rest] = values;
  if (typeof format !== 'string' || rest.length === 0 || !format.includes('%')) return values.map(describe);
  const shown: ConsoleValue[] = [];
  let line = '';
  const flush = (): void => {
    if (line !== '') shown.push(text(line));
    line = '';
  };
  for (const part of format.split(/(%[sdifoOc%])/)) {
    if (!/^%[sdifoOc%]$/.test(part)) line += part;
    else if (part === '%%') line += '%';
    else if (rest.length === 0) line += part;
    else {
      const value = rest.shift();
      if (part === '%c') continue;
      const structured = part.toLowerCase() === '%o' || (part === '%s' && typeof value === 'object' && value !== null);
      if (structured) {
        flush();
        shown.push(describe(value));
      } else line += substituted(part, value);
    }
  }
  flush();
  return [...shown, ...rest.map(describe)];
}

function substituted(part: string, value: unknown): string {
  if (part === '%s') return String(value);
  if (typeof value === 'symbol') return 'NaN';
  return String(part === '%f' ? Number.parseFloat(String(value)) : Math.trunc(Number(value)));
}

/** `console.table(rows, columns)`: the rows with those columns only. */
function withColumns(value: unknown, columns: readonly string[] | undefined): unknown {
  if (!Array.isArray(columns) || typeof value !== 'object' || value === null) return value;
  const narrow = (row: unknown): unknown =>
    typeof row === 'object' && row !== null
      ? Object.fromEntries(
          columns.filter((name) => name in row).map((name) => [name, Reflect.get(row, name) as unknown]),
        )
      : row;
  return Array.isArray(value)
    ? value.map(narrow)
    : Object.fromEntries(Object.entries(value).map(([name, row]) => [name, narrow(row)]));
}
