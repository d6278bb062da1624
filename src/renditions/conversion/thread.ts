import { serveThread } from '../../tasks/serve-thread.ts'
import { convertHere, loadDecoder } from './decode.ts'

await loadDecoder()
serveThread({ work: convertHere })
