import { serveThread } from '../../tasks/serve-thread.ts'
import { layOutHere } from './lay-out-here.ts'

serveThread({ work: layOutHere })
