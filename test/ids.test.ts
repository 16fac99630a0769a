import * as assert from 'uvu/assert'
import { test } from 'uvu'
import { z } from 'zod'
import { newId } from '#app/ids.ts'

test('What is made one after another is numbered in that order', () => {
  const made = Array.from({ length: 500 }, newId)
  assert.equal([...made].sort(), made)
  assert.is(new Set(made).size, made.length)
})

test('A number is a UUID that every door takes', () => {
  assert.ok(z.uuid().safeParse(newId()).success)
})

test.run()
