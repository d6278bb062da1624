import { stripTypeScriptTypes } from 'node:module'

/** A path to another module of the house as a text: what is imported, and what threads and processes are started with. */
const MODULE = /(['"])(\.{1,2}\/[^'"\n]*)\.ts\1/g

/**
 * Makes JavaScript of a module, since Node.js takes types away nowhere below `node_modules`. All that stays is where it was, so that
 * lines in stacks are those of the source.
 */
export function toJavaScript(source: string): string {
  return namedAsJavaScript(stripTypeScriptTypes(source))
}

/** Has a text name modules as they are called when they are JavaScript. */
export function namedAsJavaScript(source: string): string {
  return source.replaceAll(MODULE, '$1$2.js$1')
}
