import { letOthers, oneAtATime } from '#app/background.ts'
import { Problem } from '#app/problems.ts'
import { answering, isAnswer, openAnswer } from '#app/ratification/answering.ts'
import { accepting, returning } from '#app/ratification/deciding.ts'
import { dispatching, hasPackage, makePackage, putPackage } from '#app/ratification/dispatch.ts'
import { cancelling, dropping } from '#app/ratification/emptying.ts'
import { freezing } from '#app/ratification/freezing.ts'
import { gathering } from '#app/ratification/gathering.ts'
import { getBatch } from '#app/ratification/batches.ts'
import { ratifying } from '#app/ratification/signing.ts'
import { advance, stepOf, stepsUnderWay, tellProblem, type BatchStep, type StepKind, type Stepper } from '#app/ratification/steps.ts'
import { system, type Actor } from '#app/users/actor.ts'
import { getUser } from '#app/users/users.ts'
import type { Db } from '#db/connection.ts'
import { transact } from '#db/transaction.ts'

const STEPPERS: Record<StepKind, Stepper> = {
  gather: gathering, drop: dropping, freeze: freezing, cancel: cancelling, ratify: ratifying, dispatch: dispatching, accept: accepting, return: returning,
}

type Where = { db: Db, dataDirectory: string }
const queue = oneAtATime()

// Takes the rows of a batch along beside the requests. Asked twice, the second finds nothing to do.
export const workOnStep = (where: Where, batchId: string) => queue.add(where.db, () => work(where, batchId))
export const stepsDone = queue.done
// A small batch is through before its page is drawn; a long one is left to go on.
export const soonDone = queue.soon

async function work({ db, dataDirectory }: Where, batchId: string) {
  try {
    const step = stepOf(db, batchId)
    if (step?.finishedAt === null) await followThrough({ db, dataDirectory }, step)
  } catch (error) {
    // The server is stopping: the next start goes on.
    if (db.$client.open) tell(db, batchId, error)
  }
}

async function followThrough({ db, dataDirectory }: Where, step: BatchStep) {
  const actor = askedBy(db, step)
  if (step.kind === 'dispatch' && !hasPackage(step)) {
    const file = await makePackage(db, dataDirectory, getBatch({ db, actor }, step.batchId))
    transact(db, actor, (tx) => putPackage(tx, step.batchId, file, crypto.randomUUID()))
    await letOthers()
  }
  if (isAnswer(step)) await openAnswer({ db, dataDirectory }, step.batchId)
  const stepper = isAnswer(step) ? answering : STEPPERS[step.kind]
  while (db.$client.open && transact(db, actor, (tx) => advance(tx, step.batchId, stepper))) await letOthers()
}

// At once: for seeds, which know the moment it happened at.
export function followNow(db: Db, actor: Actor, batchId: string, at: Date) {
  for (let step = stepOf(db, batchId); step?.finishedAt === null; step = stepOf(db, batchId)) transact(db, actor, (tx) => advance(tx, batchId, STEPPERS[step!.kind]), at)
}

// What was decided stands also when the account that decided it has been suspended since.
function askedBy(db: Db, { actorId }: BatchStep): Actor {
  if (actorId === system.id) return system
  const { id, name, role, regions } = getUser(db, actorId)
  return { id, name, role, regions }
}

// It stands where it is; whoever presses again, or the next start, lets it go on.
function tell(db: Db, batchId: string, error: unknown) {
  if (!(error instanceof Problem)) console.error(error)
  const problem = error instanceof Problem ? error.message : 'Terjadi kesalahan pada sistem. Yang sudah dikerjakan tetap tersimpan.'
  transact(db, system, (tx) => tellProblem(tx, batchId, problem))
}

export function resumeSteps(where: Where) {
  for (const { batchId } of stepsUnderWay(where.db)) workOnStep(where, batchId)
}
