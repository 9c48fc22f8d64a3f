import { CopyButton } from './copy-button.tsx';
import { FEW, type EvidenceTools, type GatewayLogState, type LogLine } from './evidence-parts.ts';
import { LongList } from './long-list.tsx';
import { walkRows } from './row-keys.ts';

/** The parts of the gateway's log that filter, copy, walk and hold many lines. */
export const gatewayLogParts: EvidenceTools['gatewayLog'] = ({ chosen, onChoose }, all, { state, setState }, draw) => {
  const shown = state === 'both' ? all : all.filter(({ kind }) => kind === state);
  const ids = [...new Set(shown.map(({ id }) => id))];
  const stop = shown.find(({ id }) => id === chosen) ?? shown[0];
  const line = (shownLine: LogLine, index: number) =>
    draw(shownLine, index, {
      tabIndex: shownLine === stop ? 0 : -1,
      onKeyDown: (event) => walkRows(event, ids, chosen, onChoose),
    });
  return {
    head: (
      <>
        Gateway log
        <span class="play-tools" data-needs-script>
          <select
            aria-label="Log lines"
            data-act="log-lines"
            value={state}
            onChange={({ currentTarget }) => setState(currentTarget.value as GatewayLogState)}
          >
            <option value="both">Both logs</option>
            <option value="access">Access log</option>
            <option value="error">Error log</option>
          </select>
          <CopyButton
            act="log-copy"
            label="Copy"
            name="Copy the gateway log"
            text={() => shown.map(({ text }) => `${text}\n`).join('')}
          />
        </span>
      </>
    ),
    lines:
      shown.length > FEW ? (
        <LongList
          key={state}
          items={shown}
          tag="div"
          rowHeight={20}
          kept={stop ? shown.indexOf(stop) : 0}
          draw={line}
        />
      ) : all.length > 0 && shown.length === 0 ? (
        <p class="play-empty">The gateway wrote nothing into this log.</p>
      ) : (
        shown.map(line)
      ),
  };
};
