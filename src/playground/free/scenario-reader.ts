import { parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { nearestNames } from '../../gateway/nearest.ts';
import { faultsOf } from '../../gateway/scenario-faults.ts';
import { scenarioSchema, type Scenario } from '../../schema/scenario.ts';
import { answers, type Choices } from '../choices.ts';
import { MOST_YAML } from '../share.ts';
import { yamlProblems, type YamlIssue, type YamlProblem } from '../yaml-problems.ts';
import type { JsonSchema } from '../yaml-schema.ts';

/** A scenario's text as it is understood. */
export interface ReadScenario {
  /** Null where there are problems. */
  readonly scenario: Scenario | null;
  /** In the order of their lines. */
  readonly problems: readonly YamlProblem[];
}

/** Names and describes the fields of a scenario, for an editor and for messages. */
export const scenarioJsonSchema = z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** Reads a scenario's YAML. Mistakes come out as sentences, each with its place; nothing throws. */
export function readScenario(text: string, choices: Choices): ReadScenario {
  if (text.length > MOST_YAML) return { scenario: null, problems: [TOO_LONG] };
  const problems = yamlProblems(text, (value) => scenarioIssues(value, choices), scenarioJsonSchema);
  if (problems.length > 0) return { scenario: null, problems: problems.toSorted((a, b) => a.line - b.line) };
  return { scenario: scenarioSchema.parse(valueOf(parseDocument(text))), problems };
}

const TOO_LONG: YamlProblem = {
  message: `The file is too long for a scenario: more than ${MOST_YAML.toLocaleString('en')} characters.`,
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
};

const valueOf = (document: Document): unknown => document.toJS({ maxAliasCount: 100 });

/** What is wrong with the content of a scenario file: its form first, then names that nobody knows. */
export function scenarioIssues(value: unknown, choices: Choices): readonly YamlIssue[] {
  const parsed = scenarioSchema.safeParse(value);
  return parsed.success ? nameIssues(parsed.data, choices) : parsed.error.issues;
}

function nameIssues(scenario: Scenario, choices: Choices): YamlIssue[] {
  const gateway = gatewayIssue(scenario.gateway.id, choices);
  const named = (['routes', 'chapters'] as const).flatMap((list) =>
    scenario[list].map(({ fault }, index) => ({ fault, path: [list, index, 'fault'] })),
  );
  const unknown = named.flatMap(({ fault, path }) => {
    if (choices.faults.some(({ id }) => id === fault)) return [];
    const message = `there is no fault "${fault}"; the nearest are ${nearestIn(choices.faults, fault)}.`;
    return [{ path, message }];
  });
  if (gateway || unknown.length > 0) return [...(gateway ? [gateway] : []), ...unknown];

  const { title } = choices.gateways.find(({ id }) => id === scenario.gateway.id.split('@')[0]) ?? {};
  const message = (fault: string): string =>
    `${title ?? scenario.gateway.id} has no answer to ${fault}. Choose another fault or another gateway.`;
  const unanswered = faultsOf(scenario).filter((fault) => !answers(choices, scenario.gateway.id, fault));
  return unanswered.flatMap((fault) => {
    const places = named.filter((one) => one.fault === fault);
    // A fault that nobody wrote is one that the servers of the scenario come to.
    return places.length > 0
      ? places.map(({ path }) => ({ path, message: message(fault) }))
      : [{ path: ['gateway', 'id'], message: message(fault) }];
  });
}

function gatewayIssue(wanted: string, { gateways }: Choices): YamlIssue | null {
  const [id = '', version] = wanted.split('@');
  const path = ['gateway', 'id'];
  const gateway = gateways.find((one) => one.id === id);
  if (!gateway) return { path, message: `there is no gateway "${id}"; the nearest are ${nearestIn(gateways, id)}.` };
  if (gateway.kind === 'recorded' || version === undefined) return null;
  const known = gateway.variants.map((variant) => variant.id);
  return known.includes(version)
    ? null
    : { path, message: `there is no ${wanted}; the variants of ${id} are ${known.join(', ')}.` };
}

const nearestIn = (known: readonly { readonly id: string }[], typed: string): string =>
  nearestNames(
    typed,
    known.map(({ id }) => id),
  ).join(', ');

/**
 * A scenario's text, brought in step with what controls have changed: the gateway, the faults and schedules of the routes,
 * the seed. Comments and everything else stay as they are. Null where the text is no YAML, or says something else then.
 */
export function textInStep(text: string, scenario: Scenario): string | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const written = scenarioSchema.safeParse(valueOf(document));
  const was = written.success ? written.data : null;
  if (was?.gateway.id !== scenario.gateway.id) document.setIn(['gateway', 'id'], scenario.gateway.id);
  if (was?.seed !== scenario.seed) document.set('seed', scenario.seed);
  scenario.routes.forEach(({ fault, schedule }, index) => {
    const before = was?.routes[index];
    if (before?.fault !== fault) document.setIn(['routes', index, 'fault'], fault);
    if (JSON.stringify(before?.schedule) === JSON.stringify(schedule)) return;
    const [rule = {}, ...more] = schedule.map(scheduleText);
    if (more.length === 0 && Object.keys(rule).length === 0) document.deleteIn(['routes', index, 'schedule']);
    else {
      const value = more.length === 0 ? rule : [rule, ...more];
      document.setIn(['routes', index, 'schedule'], document.createNode(value, { flow: true }));
    }
  });
  const next = document.toString({ lineWidth: 0 });
  const read = scenarioSchema.safeParse(valueOf(parseDocument(next)));
  return read.success && JSON.stringify(read.data) === JSON.stringify(scenario) ? next : null;
}

/** A rule as an author writes it: spans with their unit. */
function scheduleText({
  during,
  ramp,
  ...rule
}: Scenario['routes'][number]['schedule'][number]): Record<string, unknown> {
  const ms = (time: number): string => `${time}ms`;
  return {
    ...rule,
    ...(during ? { during: during.map(({ from, to }) => ({ from: ms(from), to: ms(to) })) } : {}),
    ...(ramp ? { ramp: { ...ramp, from: ms(ramp.from), to: ms(ramp.to) } } : {}),
  };
}
