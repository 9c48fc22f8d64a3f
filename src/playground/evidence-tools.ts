import { consoleParts, drawError, drawMembers, drawTable } from './console-tools.tsx';
import type { EvidenceTools } from './evidence-parts.ts';
import { gatewayLogParts } from './gateway-log-tools.tsx';
import { LedgerView } from './ledger-view.tsx';
import { networkParts } from './network-tools.tsx';

/** All tools of the views. */
export const evidenceTools: EvidenceTools = {
  network: networkParts,
  console: consoleParts,
  gatewayLog: gatewayLogParts,
  ledger: LedgerView,
  error: drawError,
  members: drawMembers,
  table: drawTable,
};
