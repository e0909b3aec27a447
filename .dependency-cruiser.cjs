/** The architecture as rules; the prose is in docs/architecture.md. */
const DEVICE = 'fingerprint|camera|print|scan|signature|eid|connectivity';
const PURE =
  'nfiq2|wsq|minutiae|record|process|segmentation|live-quality|ptp|photo|quality|epassfoto|xmeld|xhd|synthesis|image|model|apdu|card-access|at|ipp|raster|message|schema|generated|codelists|rules|messages|outcome';
/** Names and texts, without code that does anything. */
const VOCABULARY = 'fingerprint/src/(finger-position|live-status)\\.ts$';

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'formats-depends-on-nothing',
      severity: 'error',
      from: { path: '^packages/formats/src' },
      to: { pathNot: '^packages/formats/src' },
    },
    {
      name: 'algorithms-are-pure',
      comment: 'Pure folders see formats, pure libraries, vocabulary, and each other.',
      severity: 'error',
      from: { path: `^packages/(?!cli/)[^/]+/src/(${PURE})/` },
      to: {
        pathNot: `^packages/(([^/]+/src/(${PURE})|formats)/|${VOCABULARY})|node_modules/(zod|saxes|jpeg-js|@noble/(hashes|ciphers)|zxing-wasm)/`,
      },
    },
    {
      name: 'core-depends-on-no-package',
      severity: 'error',
      from: { path: '^packages/core/src' },
      to: { path: '^packages/(?!core/|formats/)' },
    },
    {
      name: 'devices-depend-on-core-and-formats',
      comment: 'print also reads the model of procedures, for its forms.',
      severity: 'error',
      from: { path: `^packages/(${DEVICE})/src` },
      to: { path: '^packages/', pathNot: '^packages/($1|core|formats|procedures/src/model)/' },
    },
    {
      name: 'procedures-know-no-device',
      severity: 'error',
      from: { path: '^packages/procedures/src' },
      to: { path: '^packages/', pathNot: '^packages/(procedures|formats)/' },
    },
    {
      name: 'vault-and-fachverfahren-see-the-model-only',
      severity: 'error',
      from: { path: '^packages/(vault|fachverfahren-xoev)/src' },
      to: { path: '^packages/', pathNot: '^packages/($1|formats|procedures/src/model)/' },
    },
    {
      name: 'device-lab-depends-on-core',
      severity: 'error',
      from: { path: '^packages/device-lab/src' },
      to: { path: '^packages/', pathNot: '^packages/(device-lab|core|formats)/' },
    },
    {
      name: 'published-entry-points-only',
      comment: 'cli and examples import a package by its name, never a file inside it.',
      severity: 'error',
      from: { path: '^(packages/cli|examples/[^/]+)/src' },
      to: { path: '^packages/', dependencyTypes: ['local'], pathNot: '^packages/cli/' },
    },
    {
      name: 'node-only-in-node-folders',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: '^packages/[^/]+/src/node/|^packages/cli/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-is-for-browsers',
      comment: 'Only web/ imports web/, and it imports nothing of node/.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: '^packages/[^/]+/src/web/' },
      to: { path: '^packages/[^/]+/src/web/' },
    },
    {
      name: 'web-knows-no-node',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/web/' },
      to: { path: '^packages/[^/]+/src/node/' },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'What a source imports stands in the package.json of its package.',
      severity: 'error',
      from: { path: '^(packages|examples)/[^/]+/src' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        dependencyTypesNot: ['npm-peer'],
      },
    },
    {
      name: 'native-modules-only-in-node-folders',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: '^packages/[^/]+/src/node/|^packages/cli/' },
      to: { path: 'node_modules/(serialport|node-hid|usb)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@buergerkoffer/source', 'import', 'types', 'default'],
    },
  },
};
