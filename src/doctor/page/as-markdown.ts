import type { Answer } from '../diagnose.ts';
import { gatewayName, type DoctorData } from './doctor-data.ts';
import { quoteId, rowOf } from './evidence-rows.ts';
import type { Examined } from './protocol.ts';
import { CONFIDENCE, redactionWords, REPEAT, verdictOf } from './result-words.ts';
import { sameProof } from './same-proof.ts';

/** A fence that is longer than any in the text. */
function fenced(text: string, lang = ''): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${lang}\n${text}\n${fence}`;
}

/** The lines that prove an answer, each once. */
function proofOf({ rows }: Examined, answer: Answer, index: number): string {
  const lines = answer.evidence.flatMap((_, proof) => {
    const row = rowOf(rows, quoteId(index, proof));
    return row === null ? [] : [row.parts.map(({ text }) => text).join('')];
  });
  return [...new Set(lines)].join('\n');
}

function answerMarkdown(examined: Examined, answer: Answer, index: number, data: DoctorData, origin: string): string {
  const { word, means } = CONFIDENCE[answer.confidence];
  const before = examined.diagnosis.causes.slice(0, index);
  const proof = before.some((other) => sameProof(other, answer)) ? '' : proofOf(examined, answer, index);
  const gateway = answer.gateway === null ? [] : [`Gateway: ${gatewayName(data, answer.gateway)}`];
  return [
    `### ${data.causes[answer.cause].title}`,
    [`**${word}.** ${means}`, ...gateway].join('\n\n'),
    answer.why,
    ...(proof === '' ? [] : [fenced(proof)]),
    ...(proof !== '' && answer.evidenceCount > answer.evidence.length
      ? [`The same stands at ${(answer.evidenceCount - answer.evidence.length).toLocaleString('en-US')} more places.`]
      : []),
    `Speaks against it: ${answer.speaksAgainst}`,
    `Next:\n\n${fenced(answer.next.run, 'sh')}\n\n${answer.next.expect}`,
    `Repeat the request? ${REPEAT[answer.repeat.verdict]}. ${answer.repeat.why}`,
    `More: <${origin}${answer.guide}>`,
  ].join('\n\n');
}

/** The diagnosis for a ticket. @param origin such as `https://lab.example.com`, for the links */
export function asMarkdown(examined: Examined, data: DoctorData, origin: string): string {
  const { diagnosis, redactions } = examined;
  const heading =
    verdictOf(diagnosis) === 'undecided' ? '## Diagnosis: cannot tell from this text alone' : '## Diagnosis';
  const hidden = redactionWords(redactions);
  return [
    heading,
    ...(diagnosis.exclusion === null ? [] : [`The text contradicts itself. ${diagnosis.exclusion.text}`]),
    ...diagnosis.causes.map((answer, index) => answerMarkdown(examined, answer, index, data, origin)),
    ...(hidden === '' ? [] : [hidden]),
    `Made with <${origin}/doctor/>. Nothing was sent anywhere.`,
  ].join('\n\n');
}
