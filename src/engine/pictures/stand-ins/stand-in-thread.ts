import { serveThread } from '../../../tasks/serve-thread.ts'
import { writeStandInHere } from './write-stand-in.ts'

serveThread({ work: writeStandInHere })
