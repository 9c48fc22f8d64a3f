import type { CauseId, GatewayId } from '../gateway/ids.ts';
import type { FaultGroup } from '../gateway/fault.ts';
import { fetchJson } from './fetch-json.ts';

/** Every gateway and every fault that a reader can choose, with what belongs together: `/data/choices.json`. */
export interface Choices {
  readonly gateways: readonly GatewayChoice[];
  /** In the order in which a reader meets them; the first is `ok`. */
  readonly faults: readonly FaultChoice[];
  readonly scenarios: readonly ScenarioChoice[];
}

export type GatewayChoice = {
  readonly id: GatewayId;
  /** For readers, e.g. `HAProxy`. */
  readonly title: string;
} & (
  | {
      readonly kind: 'recorded';
      /** Newest first. `nginx@1.22` names one; without a version the newest answers. */
      readonly versions: readonly string[];
      /** Version → ISO date of its recording. */
      readonly recordedOn: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'documented';
      /** `cloudflare@full` names one; without a variant the first answers. */
      readonly variants: readonly { readonly id: string; readonly name: string }[];
    }
);

export interface FaultChoice {
  readonly id: string;
  readonly group: FaultGroup;
  /** What the upstream does, e.g. `reads the whole request, then closes without a byte`. */
  readonly summary: string;
  readonly cause: CauseId | null;
  /** Gateways that answer it, in their newest version or first variant. */
  readonly gateways: readonly GatewayId[];
}

export interface ScenarioChoice {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** As the scenario names it, e.g. `caddy@2.6.2`. */
  readonly gateway: string;
}

/** The choices, loaded once a page. Throws a sentence when they cannot be had. */
export const loadChoices = (): Promise<Choices> => fetchJson<Choices>('/data/choices.json', 'The list of gateways');

/** True when a gateway answers this fault. @param gateway an id, with a version or without */
export function answers(choices: Choices, gateway: string, fault: string): boolean {
  const [id] = gateway.split('@');
  return choices.faults.find((choice) => choice.id === fault)?.gateways.some((known) => known === id) ?? false;
}
