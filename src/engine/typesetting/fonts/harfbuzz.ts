/** HarfBuzz, which is loaded as it lies in its package: it looks for its WebAssembly beside itself. */
export const harfbuzz: typeof import('harfbuzzjs') = await import(import.meta.resolve('harfbuzzjs'))
