import { FOLDER } from './address.ts';

/** The frame's document. It shows nothing; the build adds the site's policy. */
export const frameDocument = (): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="robots" content="noindex">',
    '<title>Requests of the playground</title>',
    `<script type="module" src="${FOLDER}frame.js"></script>`,
    '</head>',
    '<body></body>',
    '</html>',
    '',
  ].join('\n');
