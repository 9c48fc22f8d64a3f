import { gatewayValidators } from './fences/gateway-configs.ts';
import { testFences } from './fences/run-validators.ts';

/** Configurations of gateways on the pages are accepted by the gateways. */
testFences(gatewayValidators);
