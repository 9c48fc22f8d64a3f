import type { Answer } from '../diagnose.ts';
import { ChecksView } from './checks-view.tsx';
import { CopyButton } from './copy-button.tsx';
import { gatewayName, type DoctorData } from './doctor-data.ts';
import type { Row } from './evidence-rows.ts';
import { Quotes } from './quotes-view.tsx';
import { CONFIDENCE, REPEAT } from './result-words.ts';

/** Requests of a HAR that an answer lists. */
const MOST_REQUESTS = 3;

interface AnswerProps {
  readonly answer: Answer;
  readonly index: number;
  readonly rows: readonly Row[];
  /** Whether its proof is shown already, with an answer before this one or above them all. */
  readonly quotedAbove: boolean;
  readonly data: DoctorData;
  /** Address of a playground that produces this evidence. */
  readonly reproduce: string | undefined;
}

/** One cause: how sure, why, the proof, what speaks against it, and what to do. */
export function AnswerView({ answer, index, rows, quotedAbove, data, reproduce }: AnswerProps) {
  const { cause, confidence, gateway, next, repeat } = answer;
  const { title, checklist } = data.causes[cause];
  const { word, means } = CONFIDENCE[confidence];
  return (
    <li class="doctor-answer" data-cause={cause} data-confidence={confidence}>
      <h3>{title}</h3>
      <p class="doctor-sure">
        <span class="doctor-confidence">{word}</span> {means}
        {gateway === null ? null : ` The gateway is ${gatewayName(data, gateway)}.`}
      </p>
      {answer.why === '' ? null : <p>{answer.why}</p>}
      {quotedAbove ? null : <Quotes answer={answer} index={index} rows={rows} />}
      <dl>
        <dt>Next</dt>
        <dd>
          <div class="doctor-command">
            <pre tabIndex={0}>
              <code>{next.run}</code>
            </pre>
            <CopyButton label="Copy" name={`Copy the command for: ${title}`} text={() => next.run} />
          </div>
          <p>{next.expect}</p>
        </dd>
        <dt>Speaks against it</dt>
        <dd>{answer.speaksAgainst}</dd>
        <dt>Repeat the request?</dt>
        <dd>
          <strong>{REPEAT[repeat.verdict]}.</strong> {repeat.why}
        </dd>
        {answer.effects.length === 0 ? null : (
          <>
            <dt>Its effects, seen as well</dt>
            <dd>{answer.effects.map((effect) => data.causes[effect].title).join('; ')}</dd>
          </>
        )}
        {answer.entries.length === 0 ? null : (
          <>
            <dt>Requests that failed so</dt>
            <dd>
              {answer.entries.slice(0, MOST_REQUESTS).map(({ url, method, status, start }) => (
                <div key={start}>
                  {method} {url}: {status === 0 ? 'no answer' : status}
                </div>
              ))}
              {answer.entries.length > MOST_REQUESTS ? `and ${answer.entries.length - MOST_REQUESTS} more` : null}
            </dd>
          </>
        )}
        {answer.upstreams.length < 2 ? null : (
          <>
            <dt>Upstreams that it names</dt>
            <dd>{answer.upstreams.join(', ')}</dd>
          </>
        )}
      </dl>
      <ChecksView answer={answer} about={title} />
      <p class="doctor-links">
        <a href={answer.guide}>The cause, and how to fix it</a>
        {gateway === null || data.gateways[gateway] === undefined ? null : (
          <a href={`/gateways/${gateway}/`}>{gatewayName(data, gateway)}</a>
        )}
        <a href={checklist}>Checklist</a>
        {reproduce === undefined ? null : <a href={reproduce}>Reproduce it</a>}
      </p>
    </li>
  );
}
