// Turns TypeScript (and ESM-only packages) into CommonJS for jest. It does not type-check:
// `npm run typecheck` does. esbuild is used because the functions are built with it too.
const { transformSync, version } = require('esbuild');
const { createHash } = require('node:crypto');

module.exports = {
  getCacheKey(source, path) {
    return createHash('sha1').update(`${version}\0${path}\0${source}`).digest('hex');
  },
  process(source, path) {
    const { code, map } = transformSync(source, {
      loader: path.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node20',
      sourcefile: path,
      sourcemap: 'external',
      define: { 'import.meta.url': '__importMetaUrl' },
      banner: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;',
      supported: { 'dynamic-import': false },
    });
    return { code, map };
  },
};
