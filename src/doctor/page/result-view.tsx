import { useSignal } from '@preact/signals';
import { AnswerView } from './answer-view.tsx';
import { asMarkdown } from './as-markdown.ts';
import { CopyButton } from './copy-button.tsx';
import { EvidenceView } from './evidence-view.tsx';
import type { Examined } from './protocol.ts';
import { Quotes } from './quotes-view.tsx';
import { verdictOf, type Verdict } from './result-words.ts';
import { sameProof } from './same-proof.ts';
import { evidenceHash, LONGEST_LINK } from './share-link.ts';
import type { Doctor } from './store.ts';

const HEADS: Readonly<Record<Verdict, { readonly title: string; readonly text: string }>> = {
  decided: { title: 'Diagnosis', text: '' },
  several: {
    title: 'Several incidents',
    text: 'This text holds more than one failure. Each has its own proof and its own way out.',
  },
  conflict: {
    title: 'The text contradicts itself',
    text: 'Two findings about one request cannot both be true. Look first at which line belongs to which request.',
  },
  undecided: {
    title: 'Cannot tell from this text alone',
    text: 'These words fit every cause in the list.',
  },
  unrelated: {
    title: 'No evidence of a gateway',
    text: 'No rule knows these words. That is no proof that all is well: the line that counts may be in another log.',
  },
};

function Head({ examined, verdict }: { readonly examined: Examined; readonly verdict: Verdict }) {
  const { title, text } = HEADS[verdict];
  const { causes, exclusion } = examined.diagnosis;
  const first = causes[0];
  return (
    <>
      <h2 id="doctor-diagnosis">{title}</h2>
      {text === '' ? null : <p>{text}</p>}
      {verdict !== 'conflict' || exclusion === null ? null : <p class="doctor-exclusion">{exclusion.text}</p>}
      {verdict !== 'undecided' || first === undefined ? null : (
        <>
          <Quotes answer={first} index={0} rows={examined.rows} />
          <p>Nobody could choose between them from this text. This command decides:</p>
          <div class="doctor-decides">
            <div class="doctor-command">
              <pre tabIndex={0}>
                <code>{first.next.run}</code>
              </pre>
              <CopyButton label="Copy" name="Copy the command that decides" text={() => first.next.run} />
            </div>
            <p>{first.next.expect}</p>
          </div>
        </>
      )}
    </>
  );
}

/** Share, copy and print. What leaves the page is the redacted text only. */
function PassOn({ doctor, examined }: { readonly doctor: Doctor; readonly examined: Examined }) {
  const link = useSignal('');
  const share = async (): Promise<void> => {
    const address = location.origin + location.pathname + (await evidenceHash(examined.passedOn));
    if (address.length > LONGEST_LINK) {
      doctor.status.value = 'This is too long for a link. Copy it as Markdown, or cut out the lines that matter.';
      return;
    }
    link.value = address;
    const what = examined.whole ? 'the redacted text' : 'the redacted lines around the proof';
    doctor.status.value = await navigator.clipboard.writeText(address).then(
      () => `Link copied. It carries ${what} and nothing else; browsers send it to no server.`,
      () => `Copy the link from the field. It carries ${what} and nothing else.`,
    );
  };
  return (
    <div class="doctor-bar" data-needs-script>
      <button type="button" onClick={() => void share()}>
        Share
      </button>
      <CopyButton label="Copy as Markdown" text={() => asMarkdown(examined, doctor.data, location.origin)} />
      <button type="button" onClick={() => print()}>
        Print
      </button>
      {link.value === '' ? null : <input readOnly aria-label="Link to this evidence" value={link.value} />}
    </div>
  );
}

/** Everything that came out. */
export function ResultView({ doctor, examined }: { readonly doctor: Doctor; readonly examined: Examined }) {
  const verdict = verdictOf(examined.diagnosis);
  const { causes } = examined.diagnosis;
  /** The proofs of the causes before this one. Where nothing decides, that of the first stands above them all. */
  const shownBefore = (index: number) => causes.slice(0, verdict === 'undecided' ? Math.max(index, 1) : index);
  return (
    <div class="doctor-result" data-verdict={verdict}>
      <Head examined={examined} verdict={verdict} />
      <ol class="doctor-answers" role="list" aria-label="Diagnosis">
        {causes.map((answer, index) => (
          <AnswerView
            key={`${answer.cause}-${index}`}
            answer={answer}
            index={index}
            rows={examined.rows}
            quotedAbove={shownBefore(index).some((other) => sameProof(other, answer))}
            data={doctor.data}
            reproduce={doctor.reproduce.value[index]}
          />
        ))}
      </ol>
      <PassOn doctor={doctor} examined={examined} />
      <EvidenceView rows={examined.rows} />
    </div>
  );
}
