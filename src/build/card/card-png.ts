import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { CARD_FONTS } from './card-svg.ts';

/** Pictures that an earlier build made, by what is in them. */
const CACHE = '.cache/cards';

/** Changes when the same SVG would make another picture. */
const MADE_WITH = '@resvg/resvg-js 2.6.2';

const fontFiles = [
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf',
];

/** The SVG as PNG. */
export function cardPng(svg: string): Uint8Array {
  const name = createHash('sha256').update(`${MADE_WITH}\n${svg}`).digest('hex').slice(0, 32);
  const file = path.resolve(CACHE, `${name}.png`);
  if (existsSync(file)) return readFileSync(file);
  const png = drawn(svg);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, png);
  return png;
}

function drawn(svg: string): Uint8Array {
  const { resolve } = createRequire(path.resolve('package.json'));
  const font = {
    fontFiles: fontFiles.map((file) => resolve(file)),
    loadSystemFonts: false,
    defaultFontFamily: CARD_FONTS.text,
  };
  return new Resvg(svg, { font }).render().asPng();
}
