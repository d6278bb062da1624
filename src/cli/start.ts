/** `npm start`: keeps the service up until it is asked to stop. */
import { countBuffersWithHeap } from '../base/buffer-limit.ts'
import { useCompileCache } from '../base/compile-cache.ts'

countBuffersWithHeap()
useCompileCache()
// Only now, so that all of it comes from there.
await import('./start/keep-up.ts')
