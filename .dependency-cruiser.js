/**
 * Who may import whom: the rooms of lib/README.md, read from test/architecture/rooms.json.
 * test/architecture.test.ts seeds a breach of every rule below and expects it to be reported.
 */
const path = require('path');

/** @type {{ flavours: { [engine: string]: string } } & { [room: string]: { rooms: string[], packages: string[], imports: boolean } }} */
const all = require('./test/architecture/rooms.json');
// A flavour is an engine that is made of another one, such as TimescaleDB of PostgreSQL: the one import between engines.
const { flavours, ...rooms } = all;

// `engines/*` is a room per folder: "$1" is the name of the folder that an import leaves from.
const from = room => `^lib/${room.replace('*', '([^/]+)')}/`;
const itself = room => `lib/${room.replace('*', '$1')}/`;
const inside = names => `^(${names.map(name => `lib/${name}/`).join('|')})`;

const flavourRules = Object.entries(flavours).map(([engine, base]) => ({
  name: `engines/${engine}: rooms`,
  comment: `engines/${engine} is made of engines/${base}, and may import it and core`,
  severity: 'error',
  from: { path: `^lib/engines/${engine}/` },
  to: { path: '^lib/', pathNot: [`^lib/engines/(${engine}|${base})/`, '^lib/core/'] },
}));

const rulesOf = ([room, may]) => [
  {
    name: `${room}: rooms`,
    comment: `${room} may import ${may.rooms.join(', ') || 'no other room'}`,
    severity: 'error',
    from: { path: from(room), ...(room === 'engines/*' ? { pathNot: `^lib/engines/(${Object.keys(flavours).join('|')})/` } : {}) },
    to: { path: '^lib/', pathNot: [`^${itself(room)}`, ...(may.rooms.length > 0 ? [inside(may.rooms)] : [])] },
  },
  {
    name: `${room}: packages`,
    comment: `${room} may import the packages ${may.packages.join(', ')}`,
    severity: 'error',
    from: { path: from(room) },
    to: { path: 'node_modules/', pathNot: may.packages.map(name => `node_modules/${name}/`) },
  },
  ...(may.imports ? [] : [{
    name: `${room}: imports`,
    comment: `${room} knows no Kubernetes object`,
    severity: 'error',
    from: { path: from(room) },
    to: { path: '^imports/' },
  }]),
];

const folders = Object.keys(rooms).map(room => room.replace('*', '[^/]+'));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(rooms).flatMap(rulesOf),
    ...flavourRules,
    {
      name: 'no cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'every file is in a room',
      severity: 'error',
      from: { path: '^lib/', pathNot: `^lib/(index\\.ts$|(engines|operators)/index\\.ts$|(${folders.join('|')})/)` },
      to: {},
    },
    {
      name: 'the list of engines only lists',
      severity: 'error',
      from: { path: '^lib/(engines|operators)/index\\.ts$' },
      to: { pathNot: '^lib/(engines|operators)/[^/]+/index\\.ts$' },
    },
    {
      name: 'imports/ is types only',
      comment: 'write `import type`: nothing of imports/ is loaded at run time',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^imports/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'imports/ stands alone',
      severity: 'error',
      from: { path: '^imports/' },
      to: { pathNot: '^imports/' },
    },
    {
      name: 'one file reads the disk',
      comment: 'lib/core/scripts.ts; everybody else computes',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/core/scripts\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'engines need nothing of Node',
      severity: 'error',
      from: { path: '^lib/engines/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'lib needs only what is published',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(?!lib/|imports/|\\.|.*node_modules/)[^/]*/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'every import is found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'tsconfig.json') },
    enhancedResolveOptions: { extensions: ['.ts', '.d.ts', '.js'], exportsFields: ['exports'], conditionNames: ['require', 'node', 'types'] },
  },
};
