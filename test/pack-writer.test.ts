import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { storePhotos } from '#app/deliveries/bundle.ts'
import { readStored } from '#app/files/packs.ts'
import { photos, sha256 } from '#test/support/delivery.ts'

// Nine photos in lent memory, as the server reads them from a phone's post.
const directory = mkdtempSync(join(tmpdir(), 'siks-packs-'))
const shown = Object.entries(photos())
const promised = shown.map(([kind, bytes]) => ({ kind, sha256: sha256(bytes), bytes: bytes.length, takenAt: null }))

function lend(spoil = false) {
  const memory = Buffer.from(new SharedArrayBuffer(2 ** 20))
  let at = 16
  const views = shown.map(([, bytes]) => {
    bytes.copy(memory, at)
    return memory.subarray(at, at += bytes.length)
  })
  if (spoil) views[4]![300]! ^= 1
  return views
}

const writing = suite('photos written beside the event loop')

writing('lie in one file, each byte for byte', async () => {
  const stored = await storePhotos(directory, promised, lend())
  assert.is(new Set(stored.map(({ file }) => file.pack)).size, 1)
  for (const [i, { file }] of stored.entries()) assert.ok(shown[i]![1].equals(await readStored(directory, file)))
})

writing('are refused together when one of them is damaged, with its kind named', async () => {
  const problem = await storePhotos(directory, promised, lend(true)).then(() => undefined, (error) => error)
  assert.equal([problem.status, Object.keys(problem.fields)], [422, [promised[4]!.kind]])
})

writing('written twice at once are the same file', async () => {
  const [one, other] = await Promise.all([storePhotos(directory, promised, lend()), storePhotos(directory, promised, lend())])
  assert.equal(one, other)
  assert.ok(shown[8]![1].equals(await readStored(directory, other[8]!.file)))
})

writing.after(() => rmSync(directory, { recursive: true }))

writing.run()
