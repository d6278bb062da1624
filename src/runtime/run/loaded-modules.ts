import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const noted = new Set<string>()

/**
 * Notes from now on the files that are imported or required, but for those of packages, and those that are looked for by a path and are
 * not there.
 */
export function noteModules(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      try {
        const resolved = nextResolve(specifier, context)
        note(resolved.url)
        return resolved
      } catch (error) {
        const parent = context.parentURL
        if (/^\.{0,2}\//.test(specifier) && parent !== undefined)
          note(new URL(specifier, parent).href)
        throw error
      }
    },
  })
}

function note(url: string): void {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return
  const plain = new URL(url)
  plain.search = ''
  plain.hash = ''
  noted.add(fileURLToPath(plain))
}

/** The files that were noted, the latest last. */
export function loadedModules(): string[] {
  return [...noted]
}
