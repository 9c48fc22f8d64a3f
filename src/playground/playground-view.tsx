import { ConsoleView } from './console-view.tsx';
import { builtUntilLive, live, needTools, whenUsed } from './evidence-live.tsx';
import { gatewayLogLines } from './gateway-log-lines.ts';
import { GatewayLogPanel } from './gateway-log-view.tsx';
import { NetworkView } from './network-view.tsx';
import type { ComponentType, VNode } from 'preact';
import { siteUrl } from './fetch-json.ts';
import type { FreeParts } from './free/free-parts.tsx';
import type { PlaygroundData, PlaygroundSource } from './playground-data.ts';
import { RunBar, TimeBar } from './run-bar.tsx';
import { SourceView } from './source-view.tsx';
import type { Playground } from './store.ts';

interface ViewProps {
  readonly playground: Playground;
  readonly sources: readonly PlaygroundSource[];
  /** Shows the chosen exchange in full. It is the heavy part, so the page decides where it comes from. */
  readonly Detail: ComponentType<{ readonly playground: Playground }>;
  /** What a free playground has besides: the scenario, for its reader to choose and to write. */
  readonly free?: FreeParts | undefined;
  /** The controls of what fails, where they are open from the start; HTML of them where the page was built with it. */
  readonly controls?: Built | undefined;
}

const LANGUAGES = { js: 'JavaScript', ts: 'TypeScript', py: 'Python' } as const;

/** A playground: code on the left, evidence on the right, the gateway's log and the chosen exchange below. */
export function PlaygroundView({ playground, sources, Detail, free, controls }: ViewProps) {
  const { data, state } = playground;
  return (
    <section class="play not-content" aria-label={`Playground: ${data.title}`} data-state={state.value}>
      <Head playground={playground} free={free} controls={controls} />
      <div class="play-body">
        <div class="play-code" data-pane={free?.pane.value}>
          {sources.map((source, index) => (
            <SourceView key={index} playground={playground} index={index} source={source} />
          ))}
          {free ? <free.Pane /> : null}
          <RunBar playground={playground} />
        </div>
        <Evidence playground={playground} Detail={Detail} />
      </div>
      <Part act="what-if" title="What if another gateway answered?" />
    </section>
  );
}

interface PartProps {
  /** What fills it when the reader opens it; see actions.ts. */
  readonly act: string;
  readonly title: string;
  /** What it holds from the start; left out: it begins closed, and empty. */
  readonly built?: Built | undefined;
}

type Built = VNode | { readonly html: string };

/** A part of the playground whose code few readers need. */
const Part = ({ act, title, built }: PartProps) => (
  <details class={`play-${act}`} data-act={act} data-needs-script open={built !== undefined}>
    <summary>{title}</summary>
    {built && 'html' in built ? (
      <div data-built dangerouslySetInnerHTML={{ __html: built.html }} />
    ) : (
      <div data-built={built ? '' : undefined}>{built}</div>
    )}
  </details>
);

function Head({ playground, free, controls }: Pick<ViewProps, 'playground' | 'free' | 'controls'>) {
  const { data, file } = playground;
  const { files } = data;
  return (
    <header class="play-head">
      <p class="play-title">{data.title}</p>
      <div class="play-notice-place" />
      {free ? (
        <free.Tabs />
      ) : files.length === 1 ? (
        <p class="play-name">{files[0]?.name}</p>
      ) : (
        <div class="play-tabs" role="tablist" aria-label="Language" data-needs-script>
          {files.map(({ name, lang }, index) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={file.value === index}
              tabIndex={file.value === index ? 0 : -1}
              onClick={() => playground.show(index)}
              onKeyDown={(event) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                if (step === undefined) return;
                const next = (index + step + files.length) % files.length;
                playground.show(next);
                event.currentTarget.parentElement?.querySelectorAll('button')[next]?.focus();
              }}
            >
              {LANGUAGES[lang]}
            </button>
          ))}
        </div>
      )}
      <p class="play-simulates">
        {playground.simulates.value}{' '}
        <a
          class={data.free ? 'play-free free-out' : 'play-free'}
          href={siteUrl('/playground/')}
          data-act="free"
          data-needs-script
        >
          {data.free ? 'Open in Gateway Lab' : 'Open in playground'}
        </a>
      </p>
      <Part act="change" title="Change what fails" built={controls} />
    </header>
  );
}

function Evidence({ playground, Detail }: Omit<ViewProps, 'sources'>) {
  const { data, scenario, state, result, pending, chosen, busy, pausedAt } = playground;
  const {
    console: entries,
    exchanges,
    failure,
    simulatedMs,
  } = result.value ?? { console: [], exchanges: [], failure: null, simulatedMs: 0 };
  const spanMs = Math.max(
    simulatedMs,
    pausedAt.value ?? 0,
    ...exchanges.map((exchange) => exchange.startedAt + exchange.client.elapsedMs),
    1,
  );
  const none = result.value === null || busy.value;
  const run = state.value === 'starting' ? 'Starting…' : busy.value ? 'Running…' : 'Press Run.';
  return (
    <>
      <div
        class="play-evidence"
        data-paused={pausedAt.value === null ? undefined : ''}
        style={`${sizes(data)};--now:${((100 * (pausedAt.value ?? 0)) / spanMs).toFixed(1)}%`}
        {...whenUsed}
      >
        <div class="play-label">
          Network
          <TimeBar playground={playground} />
        </div>
        <NetworkView
          exchanges={exchanges}
          pending={pending.value}
          origin={scenario.value.origin}
          spanMs={spanMs}
          chosen={chosen.value?.id ?? null}
          onChoose={playground.choose}
          empty={none ? `No request yet. ${run}` : 'The program sent no request. Call fetch() to send one.'}
        />
        <ConsoleView
          entries={entries}
          failure={failure}
          empty={
            none
              ? `Nothing printed yet. ${run}`
              : 'The program printed nothing. Call console.log() to see a value here.'
          }
        />
      </div>
      <div class="play-below" style={sizes(data)} {...whenUsed}>
        <GatewayLogPanel
          exchanges={exchanges}
          empty="The gateway writes a line here for each request it has handled."
          chosen={chosen.value?.id ?? null}
          onChoose={playground.choose}
        />
        <Ledger playground={playground} />
        <Detail playground={playground} />
      </div>
    </>
  );
}

/** What the upstream's application did, where requests can make it do something. */
function Ledger({ playground: { scenario, result, chosen, choose } }: { readonly playground: Playground }) {
  if (!scenario.value.routes.some(({ effect }) => effect)) return null;
  needTools();
  const { exchanges = [] } = result.value ?? {};
  return builtUntilLive(
    'div',
    'play-ledger',
    live.value?.ledger({ exchanges, chosen: chosen.value?.id ?? null, onChoose: choose }),
  );
}

const clamp = (count: number, least: number, most: number): number => Math.min(Math.max(count, least), most);

/** Every panel has the size of the recorded result, whatever a run puts into it: nothing jumps. */
function sizes({ recorded }: PlaygroundData): string {
  const exchanges = recorded?.exchanges ?? [];
  const rows = clamp(exchanges.length, 3, 7);
  const lines = clamp((recorded?.console.length ?? 0) + (recorded?.failure ? 3 : 0), 5, 12);
  const log = clamp(gatewayLogLines(exchanges).length, 3, 9);
  return `--rows:${rows};--lines:${lines};--log:${log}`;
}
