import { batch, signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { startDevtools } from '../devtools/devtools.ts';
import { devtools } from './devtools-mode.ts';
import type { Playground } from './store.ts';

type State = 'off' | 'starting' | 'on' | 'stopping';

/** One for all playgrounds of the page, as the mode is. */
const state = signal<State>('off');
/** Why the mode cannot start here. */
const refusal = signal<string | null>(null);

function becomeOff(sentence: string | null = null): void {
  batch(() => {
    devtools.value = null;
    state.value = 'off';
    refusal.value = sentence;
  });
}

async function switchOn(): Promise<void> {
  batch(() => {
    state.value = 'starting';
    refusal.value = null;
  });
  const started = await startDevtools(() => becomeOff());
  if ('sentence' in started) {
    becomeOff(started.sentence);
    return;
  }
  batch(() => {
    devtools.value = started;
    state.value = 'on';
  });
}

async function switchOff(): Promise<void> {
  const { value: mode } = devtools;
  state.value = 'stopping';
  devtools.value = null;
  await mode?.stop();
  becomeOff();
}

/** Presses the switch. What came of it is said in the playground's status line, which is read aloud. */
async function press(playground: Playground): Promise<void> {
  const { value: now } = state;
  if (now !== 'off' && now !== 'on') return;
  const endedRun = now === 'on' && playground.busy.value;
  await (now === 'off' ? switchOn() : switchOff());
  // The run itself has said why it ended.
  if (endedRun) return;
  if (state.value === 'on') playground.say('Requests now show in DevTools. Press Run.');
  else if (refusal.value !== null)
    playground.say('Requests cannot show in DevTools here. The reason stands under More.');
  else playground.say('Requests stay inside the sandbox again.');
}

/** Switches between requests inside the sandbox and requests that the browser's developer tools list. */
export function DevtoolsSwitch({ playground }: { readonly playground: Playground }) {
  const hint = useId();
  return (
    <div class="play-devtools">
      <label>
        <input
          type="checkbox"
          role="switch"
          checked={isOn(state.value)}
          aria-describedby={hint}
          onChange={({ currentTarget }) => {
            playground.settling(press(playground));
            // On a click that comes too early, too.
            currentTarget.checked = isOn(state.peek());
          }}
        />
        Show in DevTools
      </label>
      <p id={hint}>{words(state.value)}</p>
    </div>
  );
}

const isOn = (now: State): boolean => now === 'starting' || now === 'on';

function words(now: State): string {
  switch (now) {
    case 'starting':
      return 'Starting a service worker…';
    case 'stopping':
      return 'Stopping the service worker…';
    case 'on':
      return `On. ${howToLook()}, choose Network, then press Run. Waits take real time.`;
    default:
      return (
        refusal.value ??
        'The requests also go through this page, so that your browser’s developer tools list them. Waits take real time.'
      );
  }
}

function howToLook(): string {
  if (matchMedia('(pointer: coarse)').matches) return 'Inspect this page from a computer (remote debugging)';
  return `Open the developer tools (${/Mac/.test(navigator.userAgent) ? '⌘ ⌥ I' : 'F12'})`;
}
