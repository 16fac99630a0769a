import { randomBytes } from 'node:crypto'
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { assignDrawn } from '#app/backchecks/assigning.ts'
import { keepFrame, keptFrame, readFrame, weighFrame } from '#app/backchecks/frame.ts'
import type { Round } from '#app/backchecks/rounds.ts'
import { draw, frameHash, METHOD, type FrameVisit } from '#app/backchecks/sampling.ts'
import { isDrawing } from '#app/backchecks/standing.ts'
import { letOthers, oneAtATime } from '#app/background.ts'
import { system } from '#app/users/actor.ts'
import { activeActor } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { backcheckFrame, backcheckRounds, backchecks } from '#db/schema/index.ts'
import { transact, type Tx } from '#db/transaction.ts'

const queue = oneAtATime()

// In the background; asked twice, the second finds nothing left to do.
export const workOnDrawing = (db: Db, id: string) => queue.add(db, () => work(db, id), id)
// A small one is over before its page is drawn.
export const soonDrawn = queue.soon
export const drawingsDone = queue.done

// Half drawn by a work that failed.
export const isStopped = (db: Db, round: Round) => isDrawing(round) && queue.hasEnded(db, round.id)

// What a stop or a failure has cut off goes on where it was.
export function resumeDrawings(db: Db) {
  const open = db.select({ id: backcheckRounds.id }).from(backcheckRounds).where(and(eq(backcheckRounds.status, 'planned'), isNotNull(backcheckRounds.drawnBy))).orderBy(asc(backcheckRounds.number)).limit(100).all()
  for (const { id } of open) workOnDrawing(db, id)
}

async function work(db: Db, id: string) {
  try {
    for (const _ of drawing(db, id)) await letOthers()
  } catch (error) {
    if (db.$client.open) console.error(error)
  }
}

// By a source nobody steers.
const chance = () => randomBytes(16).toString('hex')

type Means = { makeSeed?: () => string, clock?: () => Date }

// The drawing in small steps. First the frame is kept, then comes the one moment of chance; what follows is worked out from the
// two alone, so a drawing that was cut off ends as it would have ended.
export function* drawing(db: Db, id: string, { makeSeed = chance, clock = () => new Date() }: Means = {}): Generator<void> {
  const asked = roundOf(db, id)
  // Whoever asked for it has drawn it.
  const inItsName = (write: (tx: Tx) => void) => transact(db, activeActor(db, asked.drawnBy!) ?? system, write, clock())
  if (!isDrawing(asked)) return
  if (asked.seed === null) yield* gatherFrame(db, asked, makeSeed, inItsName)
  const round = roundOf(db, id)
  const frame = keptFrame(db, id)
  yield
  const drawn = draw(frame, round.seed!)
  yield
  const { given } = db.select({ given: sql<number>`count(*)` }).from(backchecks).where(eq(backchecks.roundId, id)).get()!
  for (let from = given; from < drawn.length; from += AT_ONCE) {
    inItsName((tx) => assignDrawn(tx, round, drawn.slice(from, from + AT_ONCE), from))
    yield
  }
  inItsName((tx) => {
    tx.db.update(backcheckRounds).set({ status: 'drawn', sampleCount: drawn.length, drawnAt: tx.now }).where(eq(backcheckRounds.id, id)).run()
    tx.audit('backcheck.drawn', id, { seed: round.seed, frameHash: round.frameHash, frame: round.frameCount, drawn: drawn.length, method: METHOD })
  })
}

const AT_ONCE = 50
const LINES = 1000

function* gatherFrame(db: Db, round: Round, makeSeed: () => string, inItsName: (write: (tx: Tx) => void) => void): Generator<void> {
  inItsName((tx) => void tx.db.delete(backcheckFrame).where(eq(backcheckFrame.roundId, round.id)).run())
  const frame: FrameVisit[] = []
  for (const some of readFrame(db, round, round.drawnAt!)) {
    frame.push(...some)
    yield
  }
  const { weighed, total } = weighFrame(frame, round)
  yield
  for (let from = 0; from < weighed.length; from += LINES) {
    inItsName((tx) => keepFrame(tx.db, round.id, weighed.slice(from, from + LINES)))
    yield
  }
  inItsName((tx) => void tx.db.update(backcheckRounds).set({
    seed: makeSeed(), frameHash: frameHash(frame, total, round.riskShare), frameCount: frame.length, sampleCount: total,
  }).where(eq(backcheckRounds.id, round.id)).run())
  yield
}

const roundOf = (db: Db, id: string): Round => db.select().from(backcheckRounds).where(eq(backcheckRounds.id, id)).get()!
