import { fileURLToPath } from 'node:url';
import { glob, type Loader } from 'astro/loaders';
import { pageProblem } from '../schema/page.ts';
import { PAGE_PATTERNS } from './content-folders.ts';

/**
 * Loads the pages of `content/`. It is Astro's glob loader with one rule added that a schema cannot express,
 * because a schema does not know in which folder the page lies (see `pageProblem`).
 */
export function pagesLoader(): Loader {
  const pages = glob({ base: './content', pattern: PAGE_PATTERNS });
  return {
    ...pages,
    name: 'pages',
    load: (context) =>
      pages.load({
        ...context,
        parseData: (entry) => {
          const problem = pageProblem(entry.id, entry.data);
          if (problem) throw new Error(`${where(entry.filePath, context.config.root)}: ${problem}`);
          return context.parseData(entry);
        },
      }),
  };
}

function where(filePath: string | undefined, root: URL): string {
  return (filePath ?? 'A page').replace(fileURLToPath(root), '');
}
