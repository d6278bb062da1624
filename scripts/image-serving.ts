import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { introductionOf, writeImageServing } from './image-serving/document.ts'

const file = path.join(import.meta.dirname, '..', 'docs/image-serving.md')
writeFileSync(file, writeImageServing(introductionOf(readFileSync(file, 'utf8'))))
