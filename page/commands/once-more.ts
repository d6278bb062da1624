/**
 * Has something loaded that changes meanwhile: who asks for it while it is on its way has it asked for once more, however many do.
 *
 * @param load - must not throw
 */
export function onceMore<Into>(load: (into: Into) => Promise<void>): (into: Into) => Promise<void> {
  let asked = 0

  return async (into) => {
    asked += 1
    if (asked > 1) return
    let answered
    do {
      answered = asked
      await load(into)
    } while (asked > answered)
    asked = 0
  }
}
