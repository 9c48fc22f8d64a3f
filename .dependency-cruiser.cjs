/**
 * The dependency rule of the house: pages → components → features → sandbox → network → gateway → schema.
 * A feature is a folder of src/ that is none of the named layers, so a new one obeys without a change here.
 */
const layers = 'schema|gateway|network|devtools|sandbox|build|components|layouts|pages|styles';
const feature = `^src/(?!(?:${layers})/)[^/]+/`;
const test = String.raw`\.(?:test|spec|fixture)\.tsx?$`;

/** Files that the build puts in the place of a package (`resolve.alias`), so that no import names them. */
const standIns = ['^src/network/msw-parts\\.ts$'];

/** A rule: nothing in `from` may import what matches `to`. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    never(
      'schema-is-the-floor',
      'schema imports nothing of the project but itself and the ids of the domain.',
      { path: '^src/schema/', pathNot: test },
      { path: '^src/', pathNot: '^src/(?:schema/|gateway/ids\\.ts$)' },
    ),
    never(
      'gateway-imports-schema-only',
      'The domain runs in Node and in a worker: of the project it may import only schema.',
      { path: '^src/gateway/', pathNot: test },
      { path: '^src/', pathNot: '^src/(?:gateway|schema)/' },
    ),
    never(
      'network-imports-downwards',
      'network may import gateway and schema.',
      { path: '^src/network/', pathNot: test },
      { path: '^src/', pathNot: '^src/(?:network|gateway|schema)/' },
    ),
    never(
      'devtools-imports-downwards',
      'devtools, the other way for requests, may import network, gateway and schema.',
      { path: '^src/devtools/', pathNot: test },
      { path: '^src/', pathNot: '^src/(?:devtools|network|gateway|schema)/' },
    ),
    never(
      'sandbox-imports-downwards',
      'sandbox may import network, gateway and schema.',
      { path: '^src/sandbox/', pathNot: test },
      { path: '^src/', pathNot: '^src/(?:sandbox|network|gateway|schema)/' },
    ),
    never(
      'features-import-downwards',
      'A feature may import sandbox, network, gateway and schema; what two features need moves down.',
      { path: feature, pathNot: test },
      { path: '^src/(?:build|components|layouts|pages)/' },
    ),
    never(
      'features-do-not-meet',
      'Features do not import each other; what two need moves down.',
      { path: '^src/([^/]+)/', pathNot: `^src/(?:${layers})/` },
      { path: feature, pathNot: '^src/$1/' },
    ),
    never(
      'domain-knows-no-browser',
      'gateway and schema import nothing of the browser, Astro, Monaco, Preact or MSW.',
      { path: '^src/(?:gateway|schema)/' },
      { path: '^node_modules/(?:astro|@astrojs|monaco-editor|msw|@mswjs|preact|@preact|vite)(?:/|$)|^astro:' },
    ),
    never(
      'domain-needs-no-node',
      'gateway and schema run in a worker too: no module of Node.',
      { path: '^src/(?:gateway|schema)/', pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    never(
      'only-network-imports-msw',
      'MSW is known to src/network only, and to the benchmark that measures it.',
      { path: '^(?:src|tools|tests)/', pathNot: '^(?:src/network|tools/bench)/' },
      { path: '^node_modules/(?:msw|@mswjs)/' },
    ),
    never(
      'only-the-playground-imports-monaco',
      'Monaco is known to src/playground only.',
      { path: '^(?:src|tools|tests)/', pathNot: '^src/playground/' },
      { path: '^node_modules/monaco-editor/' },
    ),
    never('no-cycles', 'Two files that import each other are one file or want a third.', {}, { circular: true }),
    never(
      'no-orphans',
      'A file that nothing imports and that imports nothing does nothing.',
      // Above the sandbox .astro files import too, which are not parsed here; knip follows them and names unused files.
      {
        orphan: true,
        path: '^src/(?:schema|gateway|network|sandbox)/',
        pathNot: [String.raw`\.(?:d|test)\.ts$`, ...standIns],
      },
      {},
    ),
    never('no-unresolved', 'The import leads nowhere.', {}, { couldNotResolve: true, pathNot: '^(?:astro|virtual):' }),
    never(
      'no-tests-in-the-product',
      'The product does not import its tests.',
      { path: '^(?:src|tools)/', pathNot: test },
      { path: `${test}|^tests/` },
    ),
  ],
  options: {
    doNotFollow: { path: '^node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
  },
};
