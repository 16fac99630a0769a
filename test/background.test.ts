import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { countPieces, oneAtATime } from '#app/background.ts'
import { freshDatabase } from '#test/support/world.ts'

const behind = suite('long work behind the requests')

behind('goes on with the next piece where one could not even tell its failure', async () => {
  const [db, queue, said] = [freshDatabase(), oneAtATime(), [] as unknown[]]
  const { error } = console
  console.error = (words: unknown) => { said.push(words) }
  const full = new Error('database or disk is full')
  queue.add(db, () => Promise.reject(full))
  queue.add(db, () => { said.push('the next') })
  await queue.done(db)
  console.error = error
  assert.equal([said, countPieces()], [[full, 'the next'], 0])
})

behind.run()
