import type { Signal } from '@preact/signals';
import type { Playground } from '../store.ts';

const LANGUAGES = { js: 'JavaScript', ts: 'TypeScript', py: 'Python' } as const;

interface TabsProps {
  readonly playground: Playground;
  /** What the left side shows. */
  readonly pane: Signal<'code' | 'scenario'>;
}

/** The files of the program, and the scenario that it meets. */
export function ScenarioTabs({ playground, pane }: TabsProps) {
  const { data, file } = playground;
  const count = data.files.length;
  const shown = pane.value === 'scenario' ? count : file.value;
  const show = (index: number): void => {
    pane.value = index === count ? 'scenario' : 'code';
    if (index < count) playground.show(index);
  };
  return (
    <div class="play-tabs" role="tablist" aria-label="What to edit" data-needs-script>
      {[...data.files.map(({ lang }) => LANGUAGES[lang]), 'Scenario'].map((label, index) => (
        <button
          key={label}
          type="button"
          role="tab"
          aria-selected={shown === index}
          tabIndex={shown === index ? 0 : -1}
          onClick={() => show(index)}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (step === undefined) return;
            const next = (index + step + count + 1) % (count + 1);
            show(next);
            event.currentTarget.parentElement?.querySelectorAll('button')[next]?.focus();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
