import { useState } from 'preact/hooks';
import { builtUntilLive, live, needTools } from './evidence-live.tsx';
import { FEW, type ButtonExtras, type GatewayLogProps, type GatewayLogState, type LogLine } from './evidence-parts.ts';
import { gatewayLogLines } from './gateway-log-lines.ts';

/** The gateway's own log, like a terminal that follows both files. Each line leads to its request. */
export function GatewayLogPanel(props: GatewayLogProps) {
  const { exchanges, empty, chosen, onChoose } = props;
  const [state, setState] = useState<GatewayLogState>('both');
  const lines = gatewayLogLines(exchanges);
  if (lines.length > FEW) needTools();
  const draw = ({ id, kind, text }: LogLine, index: number, extras?: ButtonExtras) => (
    <div key={index} data-log={kind} data-id={id}>
      <button type="button" aria-current={id === chosen ? 'true' : undefined} onClick={() => onChoose(id)} {...extras}>
        <span class="sr-only">Request </span>
        {id}
      </button>
      <b>{kind}</b> {text}
    </div>
  );
  const drawn = live.value?.gatewayLog(props, lines, { state, setState }, draw);
  return (
    <>
      {builtUntilLive('div', 'play-label', drawn?.head)}
      <div class="play-log play-rows" role="log" aria-label="Gateway log" tabIndex={0}>
        {lines.length === 0 ? <p class="play-empty">{empty}</p> : null}
        {drawn?.lines ?? lines.slice(0, FEW).map((line, index) => draw(line, index))}
      </div>
    </>
  );
}
