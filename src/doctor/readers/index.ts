import type { Reader } from '../facts.ts';
import { AWS_BALANCER } from './aws.ts';
import { ENVOY } from './envoy.ts';
import { HAPROXY } from './haproxy.ts';
import { STATUS } from './status.ts';

/** Every format of line that is known. A new one is a file beside this and an entry here. */
export const READERS: readonly Reader[] = [HAPROXY, ENVOY, AWS_BALANCER, STATUS];
