/**
 * Loaded into a process before its program (`--import`), and so into every thread and process of Node that it starts:
 * see {@link isolateModules}.
 */
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isolateModules } from './module-isolation.ts'

const folder = new URL(import.meta.url).searchParams.get('folder') ?? ''

isolateModules(realpathSync(fileURLToPath(folder)))
