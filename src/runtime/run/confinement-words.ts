import { TELLS_DESCENT } from '../../programs/process-session.ts'

/** What whoever starts the service is told of how far actions are held on this system, in one line. */
export const CONFINEMENT = TELLS_DESCENT
  ? 'actions run with your rights and in no sandbox; what they start ends with them, unless it leaves both their session and its parent without DARKROOM_PROCESS in its environment'
  : 'actions run with your rights and in no sandbox; what they start ends with them while it stays in their group of processes, and its memory does not count: this system does not tell more'
