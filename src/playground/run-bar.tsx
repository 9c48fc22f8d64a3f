import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { TimeMode } from '../sandbox/protocol.ts';
import { devtools } from './devtools-mode.ts';
import type { Playground } from './store.ts';

const TIMES: readonly (readonly [TimeMode, string, string])[] = [
  ['instant', 'Instant', 'Waits take no time'],
  ['fast', '10×', 'Ten times as fast as life'],
  ['real', 'Real', 'As long as in life'],
];

/** What actions.ts does. */
const LAZY_ACTIONS = [
  ['share', 'Share'],
  ['download', 'Download'],
  ['more', 'More'],
] as const;

/** Run and its neighbors, and in words what happened. On a phone it stays in reach at the bottom. */
export function RunBar({ playground }: { readonly playground: Playground }) {
  const { busy, edited, status } = playground;
  return (
    <div class="play-bar">
      <div class="play-actions" data-needs-script>
        <button type="button" class="play-run" onClick={() => void playground.run()}>
          Run
        </button>
        <Action off={!busy.value} onClick={playground.stop}>
          Stop
        </Action>
        <Action off={!edited.value} onClick={playground.reset}>
          Reset
        </Action>
        {LAZY_ACTIONS.map(([act, label]) => (
          <button key={act} type="button" data-act={act}>
            {label}
          </button>
        ))}
      </div>
      <p class="play-status" role="status">
        {status.value}
      </p>
    </div>
  );
}

interface ActionProps {
  readonly off: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

/** A button that can be off. While it has the focus it only says so: a button that is disabled would drop the focus. */
export function Action({ off, onClick, children }: ActionProps) {
  const button = useRef<HTMLButtonElement>(null);
  const blurred = useSignal(0);
  const focused = blurred.value >= 0 && typeof document !== 'undefined' && document.activeElement === button.current;
  return (
    <button
      ref={button}
      type="button"
      disabled={off && !focused}
      aria-disabled={off && focused ? true : undefined}
      onBlur={() => blurred.value++}
      onClick={() => {
        if (!off) onClick();
      }}
    >
      {children}
    </button>
  );
}

/** How fast simulated time goes by, and whether it stands. */
export function TimeBar({ playground }: { readonly playground: Playground }) {
  const { busy, pausedAt } = playground;
  return (
    <div class="play-pace" data-needs-script>
      <TimeSwitch playground={playground} />
      <Action off={!busy.value} onClick={playground.pause}>
        {pausedAt.value === null ? 'Pause' : 'Resume'}
      </Action>
      <button type="button" title="On to the next request or its answer" onClick={() => void playground.step()}>
        Step
      </button>
    </div>
  );
}

function TimeSwitch({ playground }: { readonly playground: Playground }) {
  const { time, data } = playground;
  const onlyReal = devtools.value !== null;
  return (
    <div class="play-time" role="radiogroup" aria-label="Time">
      {TIMES.map(([mode, label, hint]) => (
        <label key={mode} title={hint}>
          <input
            type="radio"
            name={`${data.id}-time`}
            value={mode}
            checked={(onlyReal ? 'real' : time.value) === mode}
            disabled={onlyReal && mode !== 'real'}
            onChange={() => playground.keepTime(mode)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
