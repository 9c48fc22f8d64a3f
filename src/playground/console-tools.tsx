import type { JSX } from 'preact';
import type { ConsoleValue } from '../sandbox/protocol.ts';
import { membersOf, preview, type StructureValue } from './console-preview.ts';
import { consoleText } from './console-text.ts';
import { CopyButton } from './copy-button.tsx';
import { FEW, type ConsoleState, type EvidenceTools } from './evidence-parts.ts';
import { LongList } from './long-list.tsx';

const SHOWN: Readonly<Record<ConsoleState, { readonly title: string; readonly levels: RegExp }>> = {
  all: { title: 'All levels', levels: /./ },
  'no-debug': { title: 'Without debug', levels: /^(?!debug)/ },
  problems: { title: 'Warnings and errors', levels: /warn|error/ },
  errors: { title: 'Errors', levels: /error/ },
};

/** The parts of the console that filter, copy and hold many entries. */
export const consoleParts: EvidenceTools['console'] = ({ entries, failure }, { state, setState }, draw) => {
  const shown = state === 'all' ? entries : entries.filter(({ level }) => SHOWN[state].levels.test(level));
  return {
    head: (
      <>
        Console
        <span class="play-tools" data-needs-script>
          <select
            aria-label="Console levels"
            data-act="console-levels"
            value={state}
            onChange={({ currentTarget }) => setState(currentTarget.value as ConsoleState)}
          >
            {Object.entries(SHOWN).map(([name, { title }]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
          <CopyButton
            act="console-copy"
            label="Copy"
            name="Copy the console"
            text={() => consoleText(shown, failure)}
          />
        </span>
      </>
    ),
    lines:
      shown.length > FEW ? (
        <LongList key={state} items={shown} tag="div" rowHeight={25} draw={draw} />
      ) : entries.length > 0 && shown.length === 0 && !failure ? (
        <p class="play-empty">Nothing of these levels was printed.</p>
      ) : (
        shown.map(draw)
      ),
  };
};

type Draw = (value: ConsoleValue) => JSX.Element | string;

/** An error with its stack, and below it what caused it. */
export const drawError: EvidenceTools['error'] = (value, draw) => (
  <span>
    {preview(value)}
    {value.stack ? <span class="play-stack">{value.stack}</span> : null}
    {value.cause ? <span class="play-stack">Caused by: {draw(value.cause)}</span> : null}
  </span>
);

/** What a structure holds, one member a line. */
export const drawMembers = (value: StructureValue, draw: Draw): JSX.Element => (
  <ul>
    {membersOf(value).map(([name, member]) => (
      <li key={name}>
        <span class="play-key">{name}: </span>
        {draw(member)}
      </li>
    ))}
    {value.more > 0 ? <li>… {value.more} more</li> : null}
  </ul>
);

const isStructure = (value: ConsoleValue): value is StructureValue => 'more' in value;

/** The column of `console.table` for rows that are no structures. */
const VALUE = 'Value';

/** `console.table`: a row for each member, a column for each name that a row has. Anything else is drawn as a value. */
export function drawTable(value: ConsoleValue, draw: Draw): JSX.Element | string {
  if (!isStructure(value)) return draw(value);
  const rows = membersOf(value).map(([name, row]) => ({
    name,
    cells: new Map(isStructure(row) ? membersOf(row) : [[VALUE, row]]),
  }));
  const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  return (
    <div class="play-console-table">
      <table>
        <thead>
          <tr>
            {['(index)', ...columns].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map((column) => {
                const cell = cells.get(column);
                return <td key={column}>{cell ? draw(cell) : null}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {value.more > 0 ? `… ${value.more} more rows` : null}
    </div>
  );
}
