import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeConversions } from './conversions/document.ts'

const root = path.join(import.meta.dirname, '..')
const manifest = readFileSync(path.join(root, 'manifest.yml'), 'utf8')
writeFileSync(path.join(root, 'docs/conversions.md'), writeConversions(manifest))
