import type { CauseId, GatewayId } from '../../gateway/ids.ts';

/** An evidence that a reader can try the page with. */
export interface Example {
  readonly label: string;
  readonly text: string;
}

/** What the built page tells the doctor about the rest of the site. */
export interface DoctorData {
  readonly causes: Readonly<Record<CauseId, { readonly title: string; readonly checklist: string }>>;
  readonly gateways: Readonly<Partial<Record<GatewayId, string>>>;
  readonly examples: readonly Example[];
}

/** The name of a gateway as its page has it. */
export const gatewayName = (data: DoctorData, id: GatewayId): string => data.gateways[id] ?? id;
