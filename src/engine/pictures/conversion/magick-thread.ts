import { serveThread } from '../../../tasks/serve-thread.ts'
import { convertHere, loadDecoder } from './magick-decode.ts'

await loadDecoder()
serveThread({ work: convertHere })
