import type * as z from 'zod/mini'
import type { Reach } from '../fetching/reach.ts'
import type { RetryOptions } from '../fetching/resume.ts'

/** A file at a peer, which is other people's storage. */
export interface PeerFile {
  /** One name without folders, that any file system takes; see `fileName`. Two files of one prefix may have the same. */
  readonly name: string
  /** In bytes; undefined when only its end will tell. */
  readonly size: number | undefined
  /** As the peer tells it, which may be wrong. */
  readonly contentType: string | undefined
  /**
   * Opens it. What breaks off is read on from there, a few times; what was not there after that fails the content.
   *
   * @param from - the first byte that is wanted
   * @param signal - ends it, as that of the {@link PeerContext} does
   * @throws `PeerError`, the content too
   */
  open(from: number, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
}

/** A file for a peer. */
export interface OutgoingFile {
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly contentType: string
  /** Its bytes from one on. It is opened several times at once, and again for what has to be sent again. */
  open(from: number): AsyncIterable<Uint8Array>
}

/** Which hosts somebody may name. */
export interface Reachable {
  /** How far they may reach. */
  readonly reach: Reach
  /** What URLs of this service's own storage begin with, which may be anywhere. */
  readonly ownStorage?: readonly string[]
}

/** What is common to all that is done at peers. */
export interface PeerContext extends Reachable, RetryOptions {
  /** Ends everything. */
  readonly signal: AbortSignal
  /** How long a peer may be silent, in milliseconds; 30 seconds unless given. */
  readonly idleMs?: number
  /** The most files that one prefix may have; 1000 unless given. */
  readonly mostFiles?: number
  /** The origin of Google's services; Google's own unless given. */
  readonly google?: string
}

/** What a peer is told of while a file goes to it. */
export interface PutContext extends PeerContext {
  /** Called with how many bytes of the file the peer has; less than before when some have to be sent again. */
  readonly progress: (bytes: number) => void
}

/** Where files come from. */
export interface ImportPeer {
  /** What may be wanted of it; unknown members pass. */
  readonly options: z.ZodMiniType<object>
  /** Members of the options that nobody else may see. */
  readonly secrets: readonly string[]
  /**
   * The files that the options name: one, or all below a prefix. A prefix without files has none.
   *
   * @param options - that are what {@link ImportPeer.options} says
   * @throws `PeerError` when there is no such file, or the peer does not tell
   */
  find(options: unknown, context: PeerContext): Promise<readonly PeerFile[]>
}

/** Where files go to. */
export interface ExportPeer {
  /** What may be wanted of it; unknown members pass. */
  readonly options: z.ZodMiniType<object>
  /** Members of the options that nobody else may see. */
  readonly secrets: readonly string[]
  /**
   * Puts a file there, in place of another with its name. When it fails, no part of it stays that the peer would show.
   *
   * @param options - that are what {@link ExportPeer.options} says
   * @throws `PeerError` when the peer does not take it
   */
  put(options: unknown, file: OutgoingFile, context: PutContext): Promise<void>
}
