import { folderOf } from '../content-folders.ts';
import type { Card, CardWire } from './card-svg.ts';

interface PageData {
  readonly title: string;
  readonly cause?: { readonly wire: CardWire } | undefined;
}

/** The card of a page: that of a cause shows where its wire breaks. */
export const cardOf = (pageId: string, { title, cause }: PageData): Card => ({
  title,
  kind: folderOf(pageId)?.kind ?? '',
  wire: cause?.wire,
});

/** The card in words. */
export const cardAlt = ({ title, kind }: Card): string =>
  `${kind === '' ? '' : `${kind}: `}${title}. Below, client, gateway and upstream on one wire.`;
