import { serveThread } from '../../tasks/serve-thread.ts'
import { extractHere } from './extract-here.ts'

serveThread({ work: extractHere })
