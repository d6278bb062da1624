/** Not what OpenWhisk calls. */
export function run(): object {
  return {}
}
