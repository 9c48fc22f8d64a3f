import path from 'node:path';
import { build } from 'vite';

/**
 * The script of the frame that sends a playground's requests, as one minified ES module. MSW brings a jar for cookies,
 * which the playground has none of: an empty one takes its place, as in the guest.
 */
export async function devtoolsFrame(root: string): Promise<string> {
  const output = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { 'tough-cookie': path.join(root, 'src/network/msw-parts.ts') } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      rolldownOptions: { input: path.join(root, 'src/devtools/frame-main.ts'), output: { format: 'es' } },
    },
  });
  const [chunk, ...more] = (Array.isArray(output) ? output : [output]).flatMap((part) =>
    'output' in part ? part.output : [],
  );
  if (chunk?.type !== 'chunk' || more.length > 0) throw new Error('src/devtools/frame-main.ts is not one script.');
  return chunk.code;
}
