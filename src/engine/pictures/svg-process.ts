/* A process that measures and draws SVGs, one at a time; it is ended when one takes too long. */
import { isRecord } from '../../base/json.ts'
import { endHere, listenToParent } from '../../tasks/child.ts'
import { type SvgWork, workOnSvg } from './svg-work.ts'

const parent = listenToParent({
  hear(work, bytes = new Uint8Array()) {
    if (isWork(work))
      void workOnSvg(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), work).then(answer)
  },
  ended: endHere,
})

function answer(said: object): void {
  parent.send(said)
}

/** Whoever started it says nothing else. */
function isWork(said: unknown): said is SvgWork {
  return isRecord(said)
}
