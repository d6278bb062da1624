import { enableCompileCache, flushCompileCache } from 'node:module'
import path from 'node:path'

/** Where Node.js keeps what it has compiled of this project, TypeScript without its types among it. */
export const COMPILE_CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/darkroom')

/**
 * Has Node.js take what this process imports from now on out of {@link COMPILE_CACHE}, where it can write it. Half a second
 * of a start is else spent on taking types away and compiling, each time anew.
 */
export function useCompileCache(): void {
  enableCompileCache(COMPILE_CACHE)
}

/** Writes what was compiled so far, which else happens when the process exits by itself; some are killed. */
export function keepCompiledCode(): void {
  flushCompileCache()
}
