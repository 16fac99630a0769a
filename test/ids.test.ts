import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { z } from 'zod'
import { newId } from '#app/ids.ts'

const ids = suite('a number of something there are many of')

ids('follows those made before it', () => {
  const made = Array.from({ length: 500 }, newId)
  assert.equal([...made].sort(), made)
  assert.is(new Set(made).size, made.length)
})

ids('is a UUID that every door takes', () => {
  assert.ok(z.uuid().safeParse(newId()).success)
})

ids.run()
