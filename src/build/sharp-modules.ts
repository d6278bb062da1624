import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Plugin } from 'esbuild'

/** What is native, and stays beside a bundle. */
export const NATIVE_OF_SHARP = '@img/sharp-*'

/** What it looks for first, where somebody has compiled it; what Adobe I/O Runtime runs was not. */
const COMPILED_HERE = /require\(`\.\.\/src\/build\/[^`]+`\)/g

/**
 * Has the JavaScript of sharp in a bundle: sixty small files, which take longer to find than to read.
 *
 * @param find - finds the package; throws one sentence when it cannot be had
 */
export function bundleSharp(find: () => Promise<string>): Plugin {
  return {
    name: 'sharp',
    setup(building) {
      building.onResolve({ filter: /^sharp$/ }, async () => {
        try {
          return { path: path.join(await find(), 'dist', 'index.cjs') }
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error)
          return { errors: [{ text: why.replace(/\.$/, '') }] }
        }
      })
      building.onLoad({ filter: /[/\\]sharp[/\\]dist[/\\]sharp\.cjs$/ }, async (module) => {
        const source = await readFile(module.path, 'utf8')
        return { contents: source.replace(COMPILED_HERE, 'undefined') }
      })
    },
  }
}
