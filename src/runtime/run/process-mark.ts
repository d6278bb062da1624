import { randomUUID } from 'node:crypto'

/**
 * The variable by which whatever a process of an action has started is found: it is unlike that of any other process, and all
 * inherit it.
 */
const NAME = 'DARKROOM_PROCESS'

/** The variable of a process that is yet to be started, as `NAME=value`. */
export function newMark(): string {
  return `${NAME}=${randomUUID()}`
}

/** Whether a text is such a variable. */
export function isMark(text: string): boolean {
  return new RegExp(`^${NAME}=[0-9a-f-]{36}$`).test(text)
}

/** The variable in the environment of a process, as `NAME=value`. */
export function readMark(environment: Readonly<Record<string, string | undefined>>): string {
  return `${NAME}=${environment[NAME]}`
}

/** The environment that has such a variable. */
export function markedEnvironment(mark: string): Record<string, string> {
  return { [NAME]: mark.slice(NAME.length + 1) }
}
