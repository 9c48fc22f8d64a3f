import type { Check } from '../checks/check.ts';
import type { Answer } from '../diagnose.ts';
import { CopyButton } from './copy-button.tsx';

interface ChecksProps {
  readonly title: string;
  readonly checks: readonly Check[];
  /** The command that the answer shows already. */
  readonly shown: string;
  /** The title of the cause. */
  readonly about: string;
}

function Checks({ title, checks, shown, about }: ChecksProps) {
  return (
    <>
      <h4>{title}</h4>
      {checks.map(({ run, outcomes }) => (
        <div key={run}>
          {run === shown ? (
            <p>With the next command above:</p>
          ) : (
            <div class="doctor-command">
              <pre tabIndex={0}>
                <code>{run}</code>
              </pre>
              <CopyButton label="Copy" name={`Copy the command, ${title.toLowerCase()}: ${about}`} text={() => run} />
            </div>
          )}
          <ul>
            {outcomes.map(({ sees, means }) => (
              <li key={sees}>
                <strong>{sees}</strong>: {means}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

/** What confirms an answer and what rules it out, folded away: commands with what each outcome means. */
export function ChecksView({ answer, about }: { readonly answer: Answer; readonly about: string }) {
  const { confirmBy, ruleOutBy, next } = answer;
  return (
    <details class="doctor-checks">
      <summary>Confirm it, or rule it out</summary>
      <Checks title="Confirm it" checks={confirmBy} shown={next.run} about={about} />
      <Checks title="Rule it out" checks={ruleOutBy} shown={next.run} about={about} />
    </details>
  );
}
