import { quoteBash, quoteJs } from './literals.ts'

/**
 * The state folder of the service as programs of its machine find it, as an absolute path. Undefined for that of a team, whose members
 * have what they were given of it in a folder that they call `DARKROOM_HOME`.
 */
export type ServiceHome = string | undefined

const GIVEN = 'the folder of console.json, jobs.env, scene7.env and ca.pem of the service'

/** A path that a shell on Windows takes as well. */
function asPath(home: string): string {
  return /^[A-Za-z]:\\/.test(home) ? home.replaceAll('\\', '/') : home
}

/** A line of bash that has the folder in `home`. */
export function assignHome(home: ServiceHome): string {
  return home === undefined
    ? `home=\${DARKROOM_HOME:?is to be ${GIVEN}}`
    : `home=${quoteBash(asPath(home))}`
}

/** A file of the folder as one word of a shell. */
export function homeFile(home: ServiceHome, name: string): string {
  return home === undefined ? `"$DARKROOM_HOME/${name}"` : quoteBash(`${asPath(home)}/${name}`)
}

/** A file of the folder as an expression of JavaScript for Node.js. */
export function homeFileInJs(home: ServiceHome, name: string): string {
  return home === undefined
    ? `\`\${process.env.DARKROOM_HOME}/${name}\``
    : quoteJs(`${asPath(home)}/${name}`)
}

/** A file of the folder as an expression of Python, in which `os` is imported. */
export function homeFileInPython(home: ServiceHome, name: string): string {
  return home === undefined
    ? `os.environ['DARKROOM_HOME'] + '/${name}'`
    : quoteJs(`${asPath(home)}/${name}`)
}

/**
 * Lines of bash for `call`, which is curl for the service; `home` has to be there. That of Windows would ask whether the certificate,
 * which the service has made itself, was revoked, and finds nobody who knows.
 */
export const CALL = `call() {
  set -- --silent --show-error --fail-with-body --globoff "$@"
  [ ! -e "$home/ca.pem" ] || set -- --cacert "$home/ca.pem" --ssl-no-revoke "$@"
  curl "$@"
}`
