/** What the site's data says of the incidents that a list can be practiced on. */

/** What a step printed on the machine of the incident. */
export interface RecordedStep {
  /** As text; null when the step was not run. */
  readonly output: string | null;
  readonly exit: number | null;
  /** Why there is no output, or what the recorded machine did in another way than the command says. */
  readonly why?: string | undefined;
}

/** An incident that was made and recorded on a real machine: `/data/practice/<list>/<incident>.json`. */
export interface RecordedIncident {
  readonly incident: string;
  /** What was reported; it names no cause. */
  readonly title: string;
  /** What somebody knows who was just woken up. */
  readonly story: string;
  /** Id of the cause. */
  readonly cause: string;
  /** Such as `nginx 1.22.1`. */
  readonly recordedWith: string;
  /** A day, as `2026-11-22`. */
  readonly recorded: string;
  /** The step that proves the cause. */
  readonly deciding: string;
  /** The lines of that step's output that are the proof, counted from 0. */
  readonly proof: readonly number[];
  readonly steps: Readonly<Record<string, RecordedStep>>;
}

export interface NamedCause {
  readonly id: string;
  readonly title: string;
  readonly kind: 'gateway' | 'client' | 'other';
  /** Address of the list that goes on from it. */
  readonly checklist: string;
}

/** What a list offers to practice on: `/data/practice/<list>.json`. */
export interface PracticeChoice {
  readonly incidents: readonly Pick<RecordedIncident, 'incident' | 'title' | 'story'>[];
  readonly causes: readonly NamedCause[];
}

/** What a step printed in the incident; a step that the recording does not have was not run. */
export const recordedStep = ({ steps }: RecordedIncident, id: string): RecordedStep =>
  (Object.hasOwn(steps, id) && steps[id]) || {
    output: null,
    exit: null,
    why: 'This step was not run when the incident was recorded.',
  };
