import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type * as z from 'zod/mini'
import { parseJson } from '../../base/json.ts'
import { check } from '../../base/validation.ts'
import type { StateJson } from '../../compose/state-files.ts'
import { caFile, openCertificates } from '../../http/certificate-files.ts'
import { certificatesSchema } from '../../http/certificates-schema.ts'
import { count, type Finding, sound, wrong } from './finding.ts'

/** Looks whether the files of a state folder that have credentials and settings can be read. */
export async function* checkJson(
  home: string,
  files: readonly StateJson[],
): AsyncGenerator<Finding> {
  let good = 0
  for (const { name, schema, remedy } of files) {
    const file = path.join(home, name)
    const why = await findMistake(file, schema)
    if (why === undefined) continue
    if (why === '') good += 1
    else yield wrong(`${file} is damaged (${why}); ${remedy}.`)
  }
  if (good > 0) yield sound(`${count(good, 'file')} of credentials and settings can be read.`)
}

/** What is wrong with a file; an empty text when nothing is, undefined when it is not there. */
async function findMistake(file: string, schema: z.ZodMiniType): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? undefined : error,
  )
  if (text === undefined) return undefined
  if (typeof text !== 'string') return text.message
  const parsed = parseJson(text)
  if (parsed === undefined) return 'it is no JSON'
  const checked = check(schema, parsed)
  // What is wrong would be told with what is there, and that is a secret.
  return checked.ok ? '' : 'members are missing or of another kind'
}

/**
 * Looks whether the certificate that a service answers with is good, and the file that programs trust is about it.
 *
 * @param options.isRunning - whether a service minds them, which mends them within seconds
 */
export async function* checkCertificates(
  home: string,
  { now, isRunning }: { now: number; isRunning: boolean },
): AsyncGenerator<Finding> {
  const file = path.join(home, 'certificates.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return
  const repair = {
    action: 'Make the certificate anew; programs that have read ca.pem must read it again',
    isAlone: true,
    async run() {
      await rm(file, { force: true })
      await openCertificates(home, now)
    },
  }
  const kept = check(certificatesSchema, parseJson(text))
  if (!kept.ok) {
    yield wrong(`${file} is damaged; it should be made anew.`, repair)
    return
  }
  const { ca, cert, key } = kept.value
  const mend = isRunning ? 'the service makes it anew by itself' : 'it should be made anew'
  try {
    const certificate = new X509Certificate(cert)
    const authority = new X509Certificate(ca)
    const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
    const until = new Date(to).toISOString().slice(0, 10)
    if (
      !certificate.checkPrivateKey(createPrivateKey(key)) ||
      !certificate.checkIssued(authority)
    ) {
      yield wrong(`The certificate in ${file} is not of its key or authority; ${mend}.`, repair)
    } else if (now < from) {
      const since = new Date(from).toISOString()
      yield wrong(`The certificate in ${file} is not good before ${since}; ${mend}.`, repair)
    } else if (now > to) {
      yield wrong(`The certificate in ${file} was good until ${until}; ${mend}.`, repair)
    } else {
      yield sound(`The certificate for localhost is good until ${until}.`)
    }
  } catch {
    yield wrong(`The certificate in ${file} cannot be read; it should be made anew.`, repair)
    return
  }
  const told = await readFile(caFile(home), 'utf8').catch(() => undefined)
  if (told === ca) return
  yield wrong(
    `${caFile(home)} is not the authority of the certificate, so that programs trust another; it should be written anew.`,
    {
      action: `Write ${caFile(home)} anew`,
      isAlone: true,
      run: async () => void (await openCertificates(home, now)),
    },
  )
}
