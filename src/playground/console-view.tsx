import type { ConsoleEntry, ConsoleValue, ProgramFailure } from '../sandbox/protocol.ts';
import { spanText } from './quantities.ts';

interface ConsoleProps {
  readonly entries: readonly ConsoleEntry[];
  readonly failure: ProgramFailure | null;
  /** What stands there when nothing was printed. */
  readonly empty: string;
}

/** What the program printed, in order, and the error that ended it. */
export function ConsoleView({ entries, failure, empty }: ConsoleProps) {
  return (
    <div class="play-console" role="log" aria-label="Console" tabIndex={0}>
      {entries.length === 0 && !failure ? <p class="play-empty">{empty}</p> : null}
      {entries.map((entry, index) => (
        <Entry key={index} entry={entry} />
      ))}
      {failure ? <Failure failure={failure} /> : null}
    </div>
  );
}

function Entry({ entry }: { readonly entry: ConsoleEntry }) {
  const { level, values, at, position } = entry;
  return (
    <div class="play-entry" data-level={level}>
      <Margin at={at} line={position?.line} />
      <div>
        {level === 'warn' || level === 'error' ? (
          <b class="play-level">{level === 'warn' ? 'Warning ' : 'Error '}</b>
        ) : null}
        {values.map((value, index) => (
          <>
            {index > 0 ? ' ' : null}
            <Value key={index} value={value} bare />
          </>
        ))}
      </div>
    </div>
  );
}

function Failure({ failure }: { readonly failure: ProgramFailure }) {
  const { name, message, stack, how, at, position } = failure;
  const title = { syntax: 'Syntax error', uncaught: 'Uncaught', rejection: 'Unhandled rejection' }[how];
  return (
    <div class="play-entry" data-level="error">
      <Margin at={at} line={position?.line} />
      <div>
        <b class="play-level">{title} </b>
        {name}: {message}
        {stack ? <div class="play-stack">{stack}</div> : null}
      </div>
    </div>
  );
}

/** Simulated time and line, beside each entry. */
const Margin = ({ at, line }: { readonly at: number; readonly line: number | undefined }) => (
  <span class="play-margin">
    {spanText(at)}
    {line === undefined ? null : <span class="play-line"> line {line}</span>}
  </span>
);

/** A value; structures open on demand. `bare` strings stand without quotes, as consoles print them. */
function Value({ value, bare = false }: { readonly value: ConsoleValue; readonly bare?: boolean }) {
  switch (value.type) {
    case 'string':
      return bare ? <span>{value.text}</span> : <span data-type="string">{JSON.stringify(value.text)}</span>;
    case 'error':
      return (
        <span>
          {value.name}: {value.message}
          {value.stack ? <span class="play-stack">{value.stack}</span> : null}
          {value.cause ? (
            <span class="play-stack">
              caused by <Value value={value.cause} />
            </span>
          ) : null}
        </span>
      );
    case 'list':
    case 'record':
    case 'map':
      return <Structure value={value} />;
    default:
      return <span data-type={value.type}>{value.text}</span>;
  }
}

type StructureValue = Extract<ConsoleValue, { readonly type: 'list' | 'record' | 'map' }>;
type Member = readonly [name: string, value: ConsoleValue];

function Structure({ value }: { readonly value: StructureValue }) {
  const members = membersOf(value);
  const short = preview(value);
  if (members.length === 0) return <span>{short}</span>;
  return (
    <details class="play-value">
      <summary>{short}</summary>
      <ul>
        {members.map(([name, member]) => (
          <li key={name}>
            <span class="play-key">{name}: </span>
            <Value value={member} />
          </li>
        ))}
        {value.more > 0 ? <li>… {value.more} more</li> : null}
      </ul>
    </details>
  );
}

function membersOf(value: StructureValue): Member[] {
  switch (value.type) {
    case 'list':
      return value.items.map((item, index) => [String(index), item]);
    case 'record':
      return [...value.fields];
    case 'map':
      return value.entries.map(([key, item]) => [preview(key), item]);
  }
}

/** One line for a value, e.g. `{id: 42, state: "paid"}`; deeper structures are only named. */
export function preview(value: ConsoleValue, depth = 0): string {
  switch (value.type) {
    case 'string':
      return JSON.stringify(value.text);
    case 'error':
      return `${value.name}: ${value.message}`;
    case 'list':
    case 'record':
    case 'map': {
      const open = value.type === 'list' ? ['[', ']'] : ['{', '}'];
      const label = value.label === '' || value.label === 'Object' || value.label === 'Array' ? '' : `${value.label} `;
      if (depth > 1) return `${label}${open[0] ?? ''}…${open[1] ?? ''}`;
      const members = membersOf(value).map(([name, item]) =>
        value.type === 'list' ? preview(item, depth + 1) : `${name}: ${preview(item, depth + 1)}`,
      );
      if (value.more > 0) members.push('…');
      return `${label}${open[0] ?? ''}${members.join(', ')}${open[1] ?? ''}`;
    }
    default:
      return value.text;
  }
}
