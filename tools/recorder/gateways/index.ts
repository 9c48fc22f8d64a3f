import type { Adaptor } from '../adaptor.ts';
import { nginx } from './nginx.ts';

/** The gateways that the recorder can start. */
export const ADAPTORS: readonly Adaptor[] = [nginx];

/** How to get a gateway that is not installed, as one sentence. */
export const howToInstall = ({ id, install }: Adaptor): string =>
  `${id} is not installed: apt-get install ${install.apt} (Debian, Ubuntu) or brew install ${install.brew} (macOS)`;
