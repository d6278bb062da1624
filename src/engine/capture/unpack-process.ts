/* Unpacks the Chromium that comes with npm into the temporary folder of this process, which is what its package knows. */
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'

const ARCHIVES = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']

const bin = new URL('../bin/', import.meta.resolve('@sparticuz/chromium'))
await Promise.all(ARCHIVES.map((name) => inflate(fileURLToPath(new URL(name, bin)))))
