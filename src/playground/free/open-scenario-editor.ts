import { loadChoices } from '../choices.ts';
import { openYamlEditor, type YamlEditorHandle, type YamlEditorOptions } from '../yaml-editor.ts';
import { scenarioIssues, scenarioJsonSchema } from './scenario-reader.ts';

/** Opens the large editor of a scenario, with completions for its fields and for the ids of gateways and faults. */
export async function openScenarioEditor(
  options: Pick<YamlEditorOptions, 'like' | 'parent' | 'describedBy' | 'onEdit'>,
): Promise<YamlEditorHandle> {
  const choices = await loadChoices();
  const { like } = options;
  const gateways = choices.gateways.map(({ id, title }) => ({ value: id, about: title }));
  const faults = choices.faults.map(({ id, summary }) => ({ value: id, about: `The upstream ${summary}.` }));
  return openYamlEditor({
    ...options,
    text: like.value,
    schema: scenarioJsonSchema,
    check: (value) => scenarioIssues(value, choices),
    suggestions: { 'gateway.id': gateways, 'routes.*.fault': faults, 'chapters.*.fault': faults },
    // The list of mistakes beside the editor is drawn from the same text.
    onProblems: () => undefined,
    offset: document.activeElement === like ? like.selectionStart : null,
  });
}
