import { serveThread } from '../../../tasks/serve-thread.ts'
import { runQpdf } from './run-qpdf.ts'

serveThread({ work: runQpdf })
