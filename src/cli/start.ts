/** `npm start`: keeps the service up until it is asked to stop. */
import { useCompileCache } from '../base/compile-cache.ts'

useCompileCache()
// Only now, so that all of it comes from there.
await import('./start/keep-up.ts')
