import type { TimeMode } from '../sandbox/protocol.ts';
import type { Playground } from './store.ts';

const TIMES: readonly (readonly [TimeMode, string, string])[] = [
  ['instant', 'Instant', 'Waits take no time'],
  ['fast', '10×', 'Ten times as fast as life'],
  ['real', 'Real', 'As long as in life'],
];

/** Run and its neighbors, and in words what happened. On a phone it stays in reach at the bottom. */
export function RunBar({ playground }: { readonly playground: Playground }) {
  const { busy, edited, status } = playground;
  return (
    <div class="play-bar">
      <div class="play-actions" data-needs-script>
        <button type="button" class="play-run" onClick={() => void playground.run()}>
          Run
        </button>
        <button type="button" disabled={!busy.value} onClick={() => playground.stop()}>
          Stop
        </button>
        <button type="button" disabled={!edited.value} onClick={() => playground.reset()}>
          Reset
        </button>
        <button type="button" onClick={() => void playground.share()}>
          Share
        </button>
        <button type="button" onClick={() => void playground.download()}>
          Download
        </button>
      </div>
      <p class="play-status" role="status">
        {status.value}
      </p>
    </div>
  );
}

/** How fast simulated time goes by. */
export function TimeSwitch({ playground }: { readonly playground: Playground }) {
  const { time, data } = playground;
  return (
    <div class="play-time" role="radiogroup" aria-label="Time" data-needs-script>
      {TIMES.map(([mode, label, hint]) => (
        <label key={mode} title={hint}>
          <input
            type="radio"
            name={`${data.id}-time`}
            value={mode}
            checked={time.value === mode}
            onChange={() => playground.keepTime(mode)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
