import { nearestVersion } from '../gateway/nearest-version.ts';
import type { Choices, GatewayChoice } from './choices.ts';

interface GatewayFieldProps {
  readonly id: string;
  readonly label: string;
  readonly choices: Choices;
  /** As a scenario names it: `nginx`, `nginx@1.22.1`. */
  readonly gateway: string;
  readonly onChoose: (gateway: string) => void;
}

/** Chooses a gateway: each recorded version, and those that answer by their documentation. */
export function GatewayField({ id, label, choices, gateway, onChoose }: GatewayFieldProps) {
  const options = choices.gateways.map((choice) => ({ choice, options: optionsOf(choice) }));
  const listed = options.some((one) => one.options.some(([value]) => value === gateway));
  const group = (kind: GatewayChoice['kind'], title: string) => (
    <optgroup label={title}>
      {options
        .filter(({ choice }) => choice.kind === kind)
        .flatMap((one) => one.options)
        .map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
    </optgroup>
  );
  return (
    <label class="play-field play-field--wide" for={id}>
      <span>{label}</span>
      <select id={id} value={gateway} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {listed ? null : <option value={gateway}>{gatewayName(choices, gateway)}</option>}
        {group('recorded', 'Recorded from the real program')}
        {group('documented', 'After the documentation')}
      </select>
    </label>
  );
}

/** What a reader can choose of one gateway: value and text. The newest version goes by the id alone. */
function optionsOf(choice: GatewayChoice): (readonly [value: string, text: string])[] {
  if (choice.kind === 'recorded') {
    return choice.versions.map((version, index) => [
      index === 0 ? choice.id : `${choice.id}@${version}`,
      `${choice.title} ${version} · recorded ${choice.recordedOn[version] ?? ''}`,
    ]);
  }
  return choice.variants.map(({ id, name }, index) => [
    index === 0 ? choice.id : `${choice.id}@${id}`,
    choice.variants.length === 1 ? `${choice.title} · documented` : `${choice.title}, ${name} · documented`,
  ]);
}

/** A gateway as a scenario names it, for readers: `nginx 1.31.3`. */
export function gatewayName(choices: Choices, gateway: string): string {
  const [id, version] = gateway.split('@');
  const choice = choices.gateways.find((one) => one.id === id);
  if (!choice) return gateway;
  if (choice.kind === 'recorded')
    return `${choice.title} ${nearestVersion(choice.versions, version ?? null) ?? ''}`.trim();
  const variant = choice.variants.find((one) => one.id === version) ?? choice.variants[0];
  return choice.variants.length < 2 ? choice.title : `${choice.title}, ${variant?.name ?? ''}`;
}
