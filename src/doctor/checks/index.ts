import type { CauseId } from '../../gateway/ids.ts';
import { ANSWER } from './answer.ts';
import { CAPACITY } from './capacity.ts';
import type { Checks } from './check.ts';
import { CLIENT } from './client.ts';
import { CONNECTION } from './connection.ts';

/** What confirms and what rules out each cause. */
export const CHECKS: Readonly<Record<CauseId, Checks>> = { ...CONNECTION, ...ANSWER, ...CAPACITY, ...CLIENT };
