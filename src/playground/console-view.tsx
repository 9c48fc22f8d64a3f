import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ConsoleEntry, ConsoleValue, ProgramFailure } from '../sandbox/protocol.ts';
import { isTraceback, preview, type StructureValue } from './console-preview.ts';
import { builtUntilLive, live, needTools } from './evidence-live.tsx';
import { FEW, type ConsoleProps, type ConsoleState } from './evidence-parts.ts';
import { spanText } from './quantities.ts';

/** Words beside the color; `log` and `table` need none. */
const WORDS: Readonly<Record<string, string>> = { warn: 'Warning', error: 'Error', info: 'Info', debug: 'Debug' };

/** What the program printed, in order, and the error that ended it. */
export function ConsoleView(props: ConsoleProps) {
  const { entries, failure, empty } = props;
  const [state, setState] = useState<ConsoleState>('all');
  if (entries.length > FEW || entries.some(({ level }) => level === 'table')) needTools();
  const drawn = live.value?.console(props, { state, setState }, drawEntry);
  return (
    <>
      {builtUntilLive('div', 'play-label', drawn?.head)}
      <div class="play-console play-rows" role="log" aria-label="Console" tabIndex={0}>
        {entries.length > 0 || failure ? null : <p class="play-empty">{empty}</p>}
        {drawn?.lines ?? entries.slice(0, FEW).map(drawEntry)}
        {failure ? <Failure failure={failure} /> : null}
      </div>
    </>
  );
}

const drawEntry = ({ level, values, at, position, depth }: ConsoleEntry, index: number) => (
  <Line key={index} level={level} at={at} line={position?.line} depth={depth}>
    {values.map((value, other) => (
      <>
        {other > 0 ? ' ' : null}
        {(level === 'table' && live.value?.table(value, draw)) || draw(value, true)}
      </>
    ))}
  </Line>
);

interface LineProps {
  readonly level: string;
  /** Simulated ms since the run began. */
  readonly at: number;
  readonly line: number | undefined;
  readonly depth?: number | undefined;
  /** In place of the level's word. */
  readonly word?: string;
  readonly children: ComponentChildren;
}

/** One entry; simulated time and line stand beside it. */
function Line({ level, at, line, depth = 0, word = WORDS[level], children }: LineProps) {
  return (
    <div class="play-entry" data-level={level} style={depth > 0 ? `--depth:${depth}` : undefined}>
      <span class="play-margin">
        {spanText(at)}
        {line === undefined ? null : ` line ${line}`}
      </span>
      <div>
        {word === undefined ? null : <b class="play-level">{word} </b>}
        {children}
      </div>
    </div>
  );
}

function Failure({ failure }: { readonly failure: ProgramFailure }) {
  const { name, message, stack, how, at, position } = failure;
  const word = { syntax: 'Syntax error', uncaught: 'Uncaught', rejection: 'Unhandled rejection' }[how];
  return (
    <Line level="error" at={at} line={position?.line} word={word}>
      {isTraceback(stack) ? null : `${name}: ${message}`}
      {stack ? <div class="play-stack">{stack}</div> : null}
    </Line>
  );
}

/** A value; structures open on demand. `bare` strings stand without quotes, as consoles print them. */
function draw(value: ConsoleValue, bare?: boolean) {
  switch (value.type) {
    case 'string':
      return bare ? value.text : <span data-type="string">{preview(value)}</span>;
    case 'error':
      needTools();
      return live.value?.error(value, draw) ?? preview(value);
    case 'list':
    case 'record':
    case 'map':
      return <Structure value={value} />;
    default:
      return <span data-type={value.type}>{value.text}</span>;
  }
}

function Structure({ value }: { readonly value: StructureValue }) {
  // The page as it was built has everything in it, for those who read it without a script.
  const [open, setOpen] = useState(live.peek() !== null);
  return (
    <details
      class="play-value"
      onToggle={() => {
        setOpen(true);
        needTools();
      }}
    >
      <summary>{preview(value)}</summary>
      {open ? live.value?.members(value, draw) : null}
    </details>
  );
}
