import path from 'node:path'
import { readSourceActions } from '../../build/source-actions.ts'
import { APP_CONFIG, readAppParts } from '../../runtime/deploy/app-config.ts'
import { YamlMistake } from '../../runtime/deploy/yaml-file.ts'
import { excerpt } from '../../runtime/run/load-problem.ts'

/** The configuration of a project, as it is on the disk at this moment. */
export interface WatchedManifest {
  /** The files that it is in, as absolute paths; when it is wrong those that it was in before. */
  readonly files: readonly string[]
  /** What is wrong with it, in a sentence and perhaps lines of its file; undefined when nothing is. */
  readonly mistake: string | undefined
}

/**
 * Reads the configuration of a project.
 *
 * @param manifest - its app.config.yaml or manifest.yml
 * @param before - the files that it was in before
 */
export function readWatchedManifest(
  manifest: string,
  before: readonly string[] = [manifest],
): WatchedManifest {
  try {
    readSourceActions(manifest)
    const project = path.dirname(manifest)
    const included =
      path.basename(manifest) === APP_CONFIG
        ? readAppParts(project).map(({ file }) => path.join(project, file))
        : []
    return { files: [...new Set([manifest, ...included])], mistake: undefined }
  } catch (error) {
    return { files: before, mistake: describeMistake(error) }
  }
}

function describeMistake(error: unknown): string {
  if (error instanceof YamlMistake) return [error.message, ...excerpt(error)].join('\n')
  return error instanceof Error ? error.message : String(error)
}
