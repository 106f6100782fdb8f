/**
 * Turns one TypeScript or JavaScript file of the mini program into a CommonJS module, as WeChat's own
 * compiler does: file by file, so that a change rebuilds one file. Does not check types.
 */
import { transformSync } from 'esbuild';

export interface CompiledScript {
  readonly code: string;
  /** Specifiers of `require`, in order of appearance, without doubles. */
  readonly specifiers: readonly string[];
}

/** @param path inside the mini program, shown by the browser's debugger @throws esbuild's error with position */
export function compileScript(path: string, source: string): CompiledScript {
  const { code } = transformSync(source, {
    loader: path.endsWith('.ts') ? 'ts' : 'js',
    format: 'cjs',
    // WeChat translates to ES5 on old phones; the browser needs no translation, only the module form.
    target: 'es2020',
    sourcefile: path,
    sourcemap: 'inline',
    supported: { 'dynamic-import': false },
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  });
  const specifiers = [...code.matchAll(/\brequire\(\s*(["'])([^"'\n]+)\1\s*\)/g)].map(
    (match) => match[2] ?? '',
  );
  return { code, specifiers: [...new Set(specifiers)] };
}
