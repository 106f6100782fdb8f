// Turns TypeScript (and ESM-only packages) into CommonJS for jest. It does not type-check:
// `npm run typecheck` does. esbuild is used because the functions are built with it too.
const { transformSync, version } = require('esbuild');
const { createHash } = require('node:crypto');

// jest runs modules in a context of its own, where each look-up of a global costs a call into the sandbox: the
// engine's loops then take ten times as long. Local names for the globals that they use bring the speed back.
const HOT = [
  'Math',
  'Number',
  'Float32Array',
  'Float64Array',
  'Int32Array',
  'Uint32Array',
  'Uint16Array',
  'Uint8Array',
  'Uint8ClampedArray',
];
const LOCAL_NAMES = `const {${HOT.join(',')}} = globalThis;`;

module.exports = {
  getCacheKey(source, path) {
    return createHash('sha1').update(`${version}\0${LOCAL_NAMES}\0${path}\0${source}`).digest('hex');
  },
  process(source, path) {
    const ours = !path.includes('node_modules');
    const { code, map } = transformSync(source, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node20',
      sourcefile: path,
      sourcemap: 'external',
      define: { 'import.meta.url': '__importMetaUrl' },
      banner:
        'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' +
        (ours ? LOCAL_NAMES : ''),
      supported: { 'dynamic-import': false },
    });
    return { code, map };
  },
};
