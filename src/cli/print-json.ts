/** Prints what a command has to tell as JSON, which is then all that its standard output has. */
export function printJson(told: object): void {
  console.log(JSON.stringify(told, undefined, 2))
}
