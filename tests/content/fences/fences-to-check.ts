import { metaValue, pageSources, type Fence } from '../page-sources.ts';
import { applicationValidators } from './application-servers.ts';
import { cloudValidators } from './cloud.ts';
import { commandValidators } from './commands.ts';
import { clusterValidators } from './clusters.ts';
import { dataValidators } from './data-formats.ts';
import { gatewayValidators } from './gateway-configs.ts';
import { languageValidators } from './languages.ts';
import { loadToolValidators } from './load-tools.ts';
import type { Validator } from './validator.ts';

/** All validators by subject. The first that knows a fence has it: the special ones come before those that only parse. */
const VALIDATORS: readonly Validator[] = [
  ...cloudValidators,
  ...commandValidators,
  ...gatewayValidators,
  ...applicationValidators,
  ...clusterValidators,
  ...loadToolValidators,
  ...languageValidators,
  ...dataValidators,
];

export interface PlacedFence extends Fence {
  /** File and line. */
  readonly at: string;
}

/** Every fence outside of playgrounds that gives no reason for being left alone. */
export const checkableFences: readonly PlacedFence[] = pageSources()
  .flatMap(({ file, fences }) => fences.map((fence) => ({ ...fence, at: `${file}:${fence.line}` })))
  .filter(({ meta, inPlayground }) => !inPlayground && metaValue(meta, 'reason') === undefined);

/** The validator that answers for a fence. */
export const validatorOf = (fence: Fence): Validator | undefined => VALIDATORS.find(({ covers }) => covers(fence));

/** The fences that this validator answers for. */
export const fencesToCheck = (validator: Validator): PlacedFence[] =>
  checkableFences.filter((fence) => validatorOf(fence) === validator);
