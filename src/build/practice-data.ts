import type { PracticeChoice, RecordedIncident } from '../checklist/practice/recorded.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { CAUSE_IDS } from '../gateway/ids.ts';
import type { Practice } from '../schema/practice.ts';
import { checklistOf } from './cause-checklist.ts';
import { gatewayName } from './lab-cells.ts';
import { pageFacts } from './page-facts.ts';
import { practicesFor } from './practice.ts';

/** What a checklist's page fetches when its reader wants to practice. */

/** The incidents of a list, and the causes that a reader can name. Says nothing of which belongs to which. */
export function practiceChoice(list: string): PracticeChoice {
  const pages = new Map(pageFacts('causes').map((page) => [page.id, page]));
  return {
    incidents: practicesFor(list).map(({ incident, title, story }) => ({ incident, title, story })),
    causes: CAUSE_IDS.flatMap((id) => {
      const page = pages.get(id);
      return page ? [{ id, title: page.title, kind: page.facts.kind, checklist: checklistOf(id) }] : [];
    }),
  };
}

/** One incident, with the lines of the deciding step's output that prove its cause. */
export function recordedIncident(practice: Practice): RecordedIncident {
  const { incident, title, story, cause, gateway, version, recorded, deciding, steps } = practice;
  return {
    ...{ incident, title, story, cause, recorded, deciding },
    recordedWith: `${gatewayName(gateway)} ${version}`,
    proof: proofIn(steps[deciding]?.output ?? '', cause),
    steps: Object.fromEntries(
      Object.entries(steps).map(([id, step]) => [
        id,
        { output: step.output, exit: step.by === 'run' ? step.exit : null, why: step.why },
      ]),
    ),
  };
}

/** The lines, counted from 0, that the doctor's rules take for proof of the cause; none where they know none. */
function proofIn(output: string, cause: Practice['cause']): number[] {
  const { causes, undecided } = diagnose(output);
  const answer = undecided ? undefined : causes.find((one) => one.cause === cause);
  const lines = (answer?.evidence ?? []).flatMap(({ start, end }) => {
    const first = lineAt(output, start);
    return Array.from({ length: lineAt(output, end) - first + 1 }, (_, index) => first + index);
  });
  return [...new Set(lines)].sort((a, b) => a - b);
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1;
