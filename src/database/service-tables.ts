import type { Generated } from 'kysely'

/**
 * The tables of the service: who is registered, what was accepted and how it ended, and the journal. One database, so that the end of
 * a piece of work and what its door tells of it are one transaction. Times are milliseconds since 1970; what is true is 1.
 */
export interface ServiceTables {
  registrations: {
    id: string
    client_id: string
    org_id: string
    /** Events up to this position were swept: a reader who has not come so far has missed some. */
    swept_position: Generated<number>
    /** That of the newest event. */
    last_position: Generated<number>
  }
  requests: {
    id: Generated<number>
    registration_id: string
    request_id: string
    client_id: string
    org_id: string
    token_id: string
    /** JSON. */
    source: string | null
    /** JSON. */
    user_data: string | null
    accepted_at: number
  }
  renditions: {
    request: number
    /** In the request, and so its item in the order. */
    position: number
    /** JSON. */
    instructions: string
    order_id: number
  }
  events: {
    registration_id: string
    position: number
    /** The token with which the rendition was asked for, and so the program that waits for the event. */
    token_id: string
    created_at: number
    visible_at: number
    /** JSON. */
    event: string
  }
  readers: {
    registration_id: string
    token_id: string
    /** The last position that was handed to this program. */
    delivered: number
  }
  orders: {
    id: Generated<number>
    /** The door that has accepted it, and is told how it ends. */
    door: string
    /** As its door tells its clients apart; empty for what was accepted before they were. */
    client: string
    /** The name of an action, or the URL of a custom worker. */
    worker: string
    /** How often a worker was started for it. */
    attempts: Generated<number>
    accepted_at: number
    /** The front end that has it begun and looked after; when there is none of this id, others take it up. */
    holder: Generated<string>
  }
  order_items: {
    order_id: number
    /** What the door calls it. */
    item: number
    pending: Generated<number>
  }
  /** Those that work on these tables, when there may be several: who is alive says so again and again. */
  front_ends: {
    /** Another one at each start. */
    id: string
    /** Where its objects are, which all have to have in one place. */
    objects: string
    /** By the clock of the database. */
    joined_at: number
    /** By the clock of the database. */
    seen_at: number
    /** Whether it stops and does only what it has begun. */
    leaving: Generated<number>
  }

  /** The jobs of the jobs API, and tasks, which may be alone; who owns them is told by `user`, the number of an account. */
  jobs: {
    /** Lists are in the order of creation. */
    sequence: Generated<number>
    id: string
    user: number
    tag: string | null
    webhook_url: string | null
    status: Status
    created_at: number
    started_at: Generated<number | null>
    ended_at: Generated<number | null>
  }
  tasks: {
    sequence: Generated<number>
    id: string
    user: number
    job: number | null
    /** Within its job. */
    name: string | null
    operation: string
    /** What the client sent besides, as JSON, encrypted: there may be passwords in it. */
    payload: Uint8Array
    status: Status
    code: Generated<string | null>
    message: string | null
    /** Whether the job goes on without it. */
    ignore_error: number
    /** What it has found out, as JSON; files are in `task_files`. */
    result: Generated<string | null>
    /** Of those that work in several stages, the one that is under way. */
    stage: Generated<number>
    /** How often it was begun, of a task without actions. */
    attempts: Generated<number>
    /** The front end that sees to it while it is under way; when there is none of this id, others take it up. */
    holder: Generated<string>
    retry_of: string | null
    /** When it fails if it has not ended. */
    deadline: number | null
    created_at: number
    started_at: Generated<number | null>
    ended_at: Generated<number | null>
  }
  task_inputs: {
    task: number
    position: number
    /** Stays when the input is deleted, whose files are then not there. */
    input: string
  }
  task_files: {
    task: number
    position: number
    filename: string
    /** The key of its object, which several tasks may share. */
    object: string
    size: number
    content_type: string
  }
  /** What actions make for a task: the items of its orders. */
  task_renditions: {
    task: number
    stage: number
    position: number
    order_id: number
    /** JSON, encrypted. */
    rendition: Uint8Array
    /** Null until it has ended; then empty, or why it failed. */
    failure: Generated<string | null>
    /** A JSON array of sentences about what could not be done though there is the file; null when there are none. */
    remarks: Generated<string | null>
  }
  /** What a client asked for under an Idempotency-Key, so that it gets the same when it asks again. */
  idempotency_keys: {
    user: number
    key: string
    /** Of what was asked for. */
    hash: string
    /** The id of the job or task. */
    subject: string
    created_at: number
  }
  webhooks: {
    id: string
    user: number
    url: string
    /** JSON. */
    events: string
    signing_secret: string
    disabled: Generated<number>
    failing: Generated<number>
    created_at: number
    updated_at: number
  }
  deliveries: {
    id: Generated<number>
    user: number
    /** Null for the `webhook_url` of a job. */
    webhook: string | null
    url: string
    event: string
    /** What it is about, for whoever looks through them. */
    subject: string
    body: string
    attempts: Generated<number>
    /** Null when there is no further attempt. */
    next_at: number | null
    /** What became of the last attempt, in words. */
    outcome: Generated<string | null>
    created_at: number
  }
  /** Uploads that come in parts; how much of one has come is told by its object in the storage. */
  part_uploads: {
    id: string
    task: number
    /** In bytes; null until the client knows it. */
    length: number | null
    filename: string
    content_type: string
    /** What the client has sent about it, as JSON. */
    metadata: string
    /** The front end that takes a part of it at the moment; what one held that is gone is nobody's. */
    holder: Generated<string>
  }
}

/** How far a job or a task is. */
type Status = 'waiting' | 'processing' | 'finished' | 'error'
